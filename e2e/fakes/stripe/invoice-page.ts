import { Failure } from './failure.ts';
import type { Invoice } from './invoice.ts';
import { money } from './invoice-lines.ts';
import { payInvoice } from './invoice-payment.ts';
import { cardFields, html, notice, type PageAnswer, page } from './page.ts';
import { declined, saveCard, TEST_CARDS } from './payment-methods.ts';
import { textPdf } from './pdf.ts';
import type { Sandbox } from './sandbox.ts';

/** The page where an open invoice is paid, with the saved card or another. A card that asks for it counts as confirmed here. */
export function invoicePage(sandbox: Sandbox, id: string, form: URLSearchParams | null): PageAnswer {
  const invoice = sandbox.invoices.get(id);
  if (!form) return show(invoice, null);
  try {
    pay(sandbox, invoice, (form.get('number') ?? '').replaceAll(/\s/g, ''));
  } catch (error) {
    if (error instanceof Failure) return show(invoice, error.message, error.status);
    throw error;
  }
  return { redirect: invoice.hosted_invoice_url ?? '' };
}

export function invoicePdf(sandbox: Sandbox, id: string): PageAnswer {
  const invoice = sandbox.invoices.get(id);
  const lines = invoice.lines.data.map(
    (line) => `${line.description ?? ''}  ${money(line.amount, line.currency)}`,
  );
  const total = `Total ${money(invoice.total, invoice.currency)}`;
  return { status: 200, pdf: textPdf([`Invoice ${invoice.number ?? invoice.id}`, ...lines, total]) };
}

function pay(sandbox: Sandbox, invoice: Invoice, number: string): void {
  const now = number ? TEST_CARDS[number]?.now : undefined;
  if (now && now !== 'good' && now !== 'authentication_required') throw declined(now);
  const method = number ? saveCard(sandbox, number, invoice.customer).id : undefined;
  const outcome = payInvoice(sandbox, invoice, { paymentMethod: method, authenticated: true });
  if (outcome !== 'good') throw declined(outcome);
}

function show(invoice: Invoice, error: string | null, status = 200): PageAnswer {
  const lines = invoice.lines.data.map(
    (line) => html`<tr><td>${line.description ?? ''}</td><td>${money(line.amount, line.currency)}</td></tr>`,
  );
  return page(
    `Invoice ${invoice.number ?? ''}`,
    html`<h1>Invoice ${invoice.number ?? ''}</h1>${notice(error)}<p>Status: ${invoice.status ?? ''}</p>
    <table>${lines}<tr><td><strong>Total</strong></td><td>${money(invoice.total, invoice.currency)}</td></tr></table>
    <p><a href="${invoice.invoice_pdf ?? ''}">Download PDF</a></p>
    ${
      invoice.status === 'open' &&
      html`<form method="post"><button>Pay with the saved card</button></form>
      <form method="post">${cardFields}<button>Pay</button></form>`
    }`,
    status,
  );
}
