import type { Price } from './catalog.ts';
import { Failure } from './failure.ts';
import { decodeForm } from './form.ts';
import { money } from './invoice-lines.ts';
import { cardFields, type Html, html, notice, type PageAnswer, page } from './page.ts';
import { Params } from './params.ts';
import { declined, saveCard, TEST_CARDS } from './payment-methods.ts';
import { offeredPrices, type PortalSession } from './portal.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, isOver, lastPeriodEnd, type Subscription } from './subscription.ts';
import { cancelNow } from './subscription-cancel.ts';
import { scheduleCancellation, updateSubscription } from './subscription-update.ts';

/** The customer’s page: change the plan, cancel, take that back, another card, invoices. */
export function portalPage(sandbox: Sandbox, id: string, form: URLSearchParams | null): PageAnswer {
  const session = sandbox.portalSessions.get(id);
  if (!form) return overview(sandbox, session, null);
  try {
    submitted(sandbox, session, form);
  } catch (error) {
    if (error instanceof Failure) return overview(sandbox, session, error.message, error.status);
    throw error;
  }
  return { redirect: session.flow?.after_completion.redirect?.return_url ?? session.url };
}

function submitted(sandbox: Sandbox, session: PortalSession, form: URLSearchParams): void {
  const action = form.get('action');
  if (action === 'card') {
    changeCard(sandbox, session, (form.get('number') ?? '').replaceAll(/\s/g, ''));
    return;
  }
  const subscription = current(sandbox, session);
  if (!subscription) throw new Failure(400, 'invalid_request_error', 'There is no subscription.');
  if (action === 'plan') changePlan(sandbox, session, subscription, form.get('price') ?? '');
  else if (action === 'cancel') cancel(sandbox, session, subscription);
  else if (action === 'resume')
    sandbox.change(subscription, 'customer.subscription.updated', () =>
      scheduleCancellation(sandbox, subscription, null, false),
    );
  else throw new Failure(400, 'invalid_request_error', 'This action is not known.');
}

function changePlan(
  sandbox: Sandbox,
  session: PortalSession,
  subscription: Subscription,
  price: string,
): void {
  const { features } = sandbox.portalConfigurations.get(session.configuration);
  const item = subscription.items.data.find((one) => !isMetered(one.price));
  if (!offeredPrices(sandbox, session).some(({ id }) => id === price) || !item)
    throw new Failure(400, 'invalid_request_error', 'This plan is not offered.');
  const fields = new URLSearchParams({
    'items[0][id]': item.id,
    'items[0][price]': price,
    proration_behavior: features.subscription_update.proration_behavior,
    payment_behavior: 'error_if_incomplete',
  });
  updateSubscription(sandbox, subscription.id, new Params(decodeForm(fields.toString())));
}

/** In flexible billing mode the page sets `cancel_at` and leaves `cancel_at_period_end` false. */
function cancel(sandbox: Sandbox, session: PortalSession, subscription: Subscription): void {
  const { mode } = sandbox.portalConfigurations.get(session.configuration).features.subscription_cancel;
  if (mode === 'immediately') {
    cancelNow(sandbox, subscription.id, new Params({}));
    return;
  }
  sandbox.change(subscription, 'customer.subscription.updated', () =>
    scheduleCancellation(
      sandbox,
      subscription,
      lastPeriodEnd(subscription),
      subscription.billing_mode.type === 'classic',
    ),
  );
}

function changeCard(sandbox: Sandbox, session: PortalSession, number: string): void {
  const outcome = TEST_CARDS[number]?.now;
  if (outcome && outcome !== 'good' && outcome !== 'authentication_required') throw declined(outcome);
  const method = saveCard(sandbox, number, session.customer).id;
  const customer = sandbox.customers.get(session.customer);
  sandbox.change(customer, 'customer.updated', () => {
    customer.invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  });
  const subscription = current(sandbox, session);
  if (!subscription) return;
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.default_payment_method = method;
  });
}

function overview(sandbox: Sandbox, session: PortalSession, error: string | null, status = 200): PageAnswer {
  const subscription = current(sandbox, session);
  const flow = session.flow?.type;
  const shows = (...flows: string[]) => flow === undefined || flows.includes(flow);
  const { features } = sandbox.portalConfigurations.get(session.configuration);
  return page(
    'Billing',
    html`<h1>Billing</h1>${notice(error)}
    ${subscription !== undefined && summary(sandbox, subscription)}
    ${subscription !== undefined && features.subscription_update.enabled && shows('subscription_update', 'subscription_update_confirm') && planForm(sandbox, session, subscription)}
    ${subscription !== undefined && features.subscription_cancel.enabled && shows('subscription_cancel') && cancelForm(subscription)}
    ${
      features.payment_method_update.enabled &&
      shows('payment_method_update') &&
      html`<h2>Payment method</h2>
      <form method="post"><input type="hidden" name="action" value="card">${cardFields}<button>Update card</button></form>`
    }
    ${features.invoice_history.enabled && shows() && invoiceList(sandbox, session)}
    ${session.return_url !== null && html`<p><a href="${session.return_url}">Return</a></p>`}`,
    status,
  );
}

function summary(sandbox: Sandbox, subscription: Subscription): Html {
  const rows = subscription.items.data.map((item) => html`<tr><td>${title(sandbox, item.price)}</td></tr>`);
  const ends =
    subscription.cancel_at === null
      ? null
      : new Date(subscription.cancel_at * 1000).toISOString().slice(0, 10);
  return html`<h2>Current plan</h2><p>Status: ${subscription.status}</p><table>${rows}</table>
    ${ends !== null && html`<p>Cancels on ${ends}</p>`}`;
}

function planForm(sandbox: Sandbox, session: PortalSession, subscription: Subscription): Html {
  const now = subscription.items.data.find((item) => !isMetered(item.price))?.price.id;
  const wanted = session.flow?.subscription_update_confirm?.items[0]?.price ?? now;
  const options = offeredPrices(sandbox, session).map((price) =>
    price.id === wanted
      ? html`<option value="${price.id}" selected>${title(sandbox, price)}</option>`
      : html`<option value="${price.id}">${title(sandbox, price)}</option>`,
  );
  return html`<form method="post"><input type="hidden" name="action" value="plan">
    <label>Plan <select name="price">${options}</select></label><button>Update plan</button></form>`;
}

const cancelForm = (subscription: Subscription): Html =>
  subscription.cancel_at === null
    ? html`<form method="post"><button name="action" value="cancel">Cancel plan</button></form>`
    : html`<form method="post"><button name="action" value="resume">Don’t cancel plan</button></form>`;

function invoiceList(sandbox: Sandbox, session: PortalSession): Html {
  const rows = sandbox.invoices
    .newestFirst()
    .filter((invoice) => invoice.customer === session.customer && invoice.status !== 'draft')
    .map(
      (invoice) => html`<tr><td><a href="${invoice.hosted_invoice_url ?? ''}">${invoice.number ?? ''}</a>
        ${invoice.status} <a href="${invoice.invoice_pdf ?? ''}">PDF</a></td><td>${money(invoice.total, invoice.currency)}</td></tr>`,
    );
  return html`<h2>Invoice history</h2><table>${rows}</table>`;
}

const title = (sandbox: Sandbox, price: Price) => {
  const amount = price.unit_amount === null ? 'by usage' : money(price.unit_amount, price.currency);
  return `${sandbox.products.get(price.product).name}: ${amount} per ${price.recurring?.interval ?? ''}`;
};

const current = (sandbox: Sandbox, session: PortalSession): Subscription | undefined =>
  sandbox.subscriptions.newestFirst().find((one) => one.customer === session.customer && !isOver(one));
