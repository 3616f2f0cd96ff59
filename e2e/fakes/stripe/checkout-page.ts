import { applyPromotionCode, completeCheckout, type PaymentForm } from './checkout.ts';
import type { CheckoutSession } from './checkout-session.ts';
import { Failure } from './failure.ts';
import { money } from './invoice-lines.ts';
import { cardFields, html, notice, type PageAnswer, page } from './page.ts';
import { declined, TEST_CARDS } from './payment-methods.ts';
import type { Sandbox } from './sandbox.ts';

/** The page of a session. A post pays, applies a code, or answers the bank’s question. */
export function checkoutPage(sandbox: Sandbox, id: string, form: URLSearchParams | null): PageAnswer {
  const session = sandbox.checkoutSessions.get(id);
  if (session.status !== 'open')
    return page('Checkout', html`<h1>This session is ${session.status}</h1>`, 410);
  if (!form) return payPage(sandbox, session, null);
  try {
    return submitted(sandbox, session, form);
  } catch (error) {
    if (error instanceof Failure) return payPage(sandbox, session, error.message, error.status);
    throw error;
  }
}

function submitted(sandbox: Sandbox, session: CheckoutSession, form: URLSearchParams): PageAnswer {
  const action = form.get('action') ?? 'pay';
  if (action === 'promotion') {
    applyPromotionCode(sandbox, session, form.get('code') ?? '');
    return payPage(sandbox, session, null);
  }
  if (action === 'refuse') throw declined('authentication_required');
  const payment = paymentForm(form);
  const country = payment.country;
  if (session.automatic_tax.enabled && !country && !session.customer)
    throw new Failure(400, 'invalid_request_error', 'Please choose a country.');
  const outcome = payment.number ? (TEST_CARDS[payment.number]?.now ?? 'incorrect_number') : 'good';
  if (outcome === 'incorrect_number')
    throw new Failure(402, 'card_error', 'Your card number is invalid.', { code: 'incorrect_number' });
  if (outcome === 'authentication_required' && action !== 'confirm') return confirmPage(payment);
  if (outcome !== 'good' && outcome !== 'authentication_required') throw declined(outcome);
  completeCheckout(sandbox, session, payment);
  return { redirect: session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id) };
}

function paymentForm(form: URLSearchParams): PaymentForm {
  return {
    number: (form.get('number') ?? '').replaceAll(/\s/g, '') || null,
    email: form.get('email') ?? '',
    name: form.get('name') ?? '',
    country: form.get('country') ?? '',
  };
}

function payPage(sandbox: Sandbox, session: CheckoutSession, error: string | null, status = 200): PageAnswer {
  const { items, terms, needsCard } = sandbox.checkoutTerms.get(session.id)!;
  const customer = session.customer ? sandbox.customers.get(session.customer) : null;
  const email = customer?.email ?? session.customer_email;
  const noCard = needsCard === 'if_required' && session.amount_total === 0;
  const rows = items.map(({ price, quantity }) => {
    const amount =
      price.unit_amount === null ? 'by usage' : money(price.unit_amount * quantity, price.currency);
    return html`<tr><td>${sandbox.products.get(price.product).name}</td><td>${amount} / ${price.recurring?.interval ?? ''}</td></tr>`;
  });
  return page(
    'Checkout',
    html`<h1>Subscribe</h1>${notice(error)}
    ${terms.trialEnd !== null && html`<p>Free until ${new Date(terms.trialEnd * 1000).toISOString().slice(0, 10)}</p>`}
    <table>${rows}
      <tr><td>Discount</td><td>${money(-session.total_details.amount_discount, session.currency)}</td></tr>
      <tr><td>Tax</td><td>${money(session.total_details.amount_tax, session.currency)}</td></tr>
      <tr><td><strong>Total due today</strong></td><td data-testid="total">${money(session.amount_total, session.currency)}</td></tr></table>
    ${
      session.allow_promotion_codes === true &&
      html`<form method="post"><input type="hidden" name="action" value="promotion">
      <label>Promotion code <input name="code" required></label><button>Apply</button></form>`
    }
    <form method="post"><input type="hidden" name="action" value="pay">
      <label>Email <input name="email" type="email" autocomplete="email" required value="${email ?? ''}"></label>
      ${!noCard && cardFields}
      <label>Name on card <input name="name" autocomplete="cc-name" value="${customer?.name ?? ''}"></label>
      <label>Country <select name="country">${['US', 'DE', 'FR', 'GB'].map((code) => html`<option>${code}</option>`)}</select></label>
      <button>Subscribe</button></form>
    ${session.cancel_url !== null && html`<p><a href="${session.cancel_url}">Back</a></p>`}`,
    status,
  );
}

/** The bank asks its customer. */
function confirmPage(payment: PaymentForm): PageAnswer {
  const hidden = Object.entries(payment).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value ?? ''}">`,
  );
  return page(
    'Confirm the payment',
    html`<h1>3D Secure</h1><p>Your bank asks: is this payment yours?</p>
    <form method="post">${hidden}<button name="action" value="confirm">Complete authentication</button>
      <button name="action" value="refuse">Fail authentication</button></form>`,
  );
}
