import { newId } from './collection.ts';
import type { Invoice } from './invoice.ts';
import type { Sandbox } from './sandbox.ts';

export type PaymentIntent = ReturnType<typeof newPaymentIntent>;
export type InvoicePayment = ReturnType<typeof newInvoicePayment>;

export interface PaymentError {
  type: 'card_error';
  code: string;
  decline_code: string;
  message: string;
}

/** How an open invoice is paid: the invoice’s payment, which holds the intent. */
export function startPayment(sandbox: Sandbox, invoice: Invoice): void {
  const intent = sandbox.paymentIntents.add(newPaymentIntent(sandbox, invoice));
  sandbox.invoicePayments.add(newInvoicePayment(sandbox, invoice, intent.id));
}

function newPaymentIntent(sandbox: Sandbox, invoice: Invoice) {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent' as const,
    amount: invoice.amount_due,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null as number | null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${newId('', 16).slice(1)}`,
    confirmation_method: 'automatic',
    created: sandbox.now,
    currency: invoice.currency,
    customer: invoice.customer,
    description: 'Subscription update',
    last_payment_error: null as PaymentError | null,
    latest_charge: null,
    livemode: false,
    metadata: {},
    next_action: null as { type: 'use_stripe_sdk' } | null,
    payment_method: null as string | null,
    payment_method_types: ['card'],
    setup_future_usage: 'off_session',
    status: 'requires_payment_method' as
      | 'requires_payment_method'
      | 'requires_action'
      | 'succeeded'
      | 'canceled',
  };
}

function newInvoicePayment(sandbox: Sandbox, invoice: Invoice, intent: string) {
  return {
    id: newId('inpay'),
    object: 'invoice_payment' as const,
    amount_paid: null as number | null,
    amount_requested: invoice.amount_due,
    created: sandbox.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: 'payment_intent' as const },
    status: 'open' as 'open' | 'paid' | 'canceled',
    status_transitions: { canceled_at: null as number | null, paid_at: null as number | null },
  };
}
