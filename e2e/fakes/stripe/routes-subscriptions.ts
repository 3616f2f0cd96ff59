import { invalid } from './failure.ts';
import { paymentsOf } from './invoice.ts';
import { finalizeInvoice, payInvoice, voidInvoice } from './invoice-payment.ts';
import { PREVIEW_PARAMS, previewInvoice } from './invoice-preview.ts';
import { LIST_PARAMS, listPage } from './listing.ts';
import { declined } from './payment-methods.ts';
import { listRoute, type Route, route } from './route.ts';
import { CANCEL_PARAMS, cancelNow } from './subscription-cancel.ts';
import { createFromParams, SUBSCRIPTION_PARAMS } from './subscription-create.ts';
import { SUBSCRIPTION_UPDATE_PARAMS, updateSubscription } from './subscription-update.ts';
import { resume } from './trial.ts';

export const SUBSCRIPTION_ROUTES: Route[] = [
  route('POST', '/v1/subscriptions', SUBSCRIPTION_PARAMS, ({ sandbox, params }) =>
    createFromParams(sandbox, params),
  ),
  route('GET', '/v1/subscriptions/:id', [], ({ sandbox, ids }) => sandbox.subscriptions.get(ids[0]!)),
  route('POST', '/v1/subscriptions/:id', SUBSCRIPTION_UPDATE_PARAMS, ({ sandbox, params, ids }) =>
    updateSubscription(sandbox, ids[0]!, params),
  ),
  route('DELETE', '/v1/subscriptions/:id', CANCEL_PARAMS, ({ sandbox, params, ids }) =>
    cancelNow(sandbox, ids[0]!, params),
  ),
  route('POST', '/v1/subscriptions/:id/resume', ['proration_behavior'], ({ sandbox, ids }) => {
    const subscription = sandbox.subscriptions.get(ids[0]!);
    if (subscription.status !== 'paused') throw invalid('Only a paused subscription can be resumed.');
    resume(sandbox, subscription);
    return subscription;
  }),
  listRoute(
    '/v1/subscriptions',
    (sandbox) => sandbox.subscriptions.newestFirst(),
    {
      customer: (subscription, value) => subscription.customer === value,
      status: (subscription, value) => value === 'all' || subscription.status === value,
      price: (subscription, value) => subscription.items.data.some((item) => item.price.id === value),
    },
    { status: (subscription) => subscription.status !== 'canceled' },
  ),
  route('GET', '/v1/subscription_items', [...LIST_PARAMS, 'subscription'], ({ sandbox, params, path }) =>
    listPage(
      sandbox.subscriptions.get(params.required('subscription'), 'subscription').items.data,
      params,
      path,
    ),
  ),

  route('POST', '/v1/invoices/create_preview', PREVIEW_PARAMS, ({ sandbox, params }) =>
    previewInvoice(sandbox, params),
  ),
  route('GET', '/v1/invoices/:id', [], ({ sandbox, ids }) => sandbox.invoices.get(ids[0]!)),
  route('GET', '/v1/invoices/:id/lines', LIST_PARAMS, ({ sandbox, params, ids, path }) =>
    listPage(sandbox.invoices.get(ids[0]!).lines.data, params, path),
  ),
  route('POST', '/v1/invoices/:id/finalize', ['auto_advance'], ({ sandbox, ids }) => {
    const invoice = sandbox.invoices.get(ids[0]!);
    finalizeInvoice(sandbox, invoice);
    return invoice;
  }),
  route('POST', '/v1/invoices/:id/pay', ['off_session', 'payment_method'], ({ sandbox, params, ids }) => {
    const invoice = sandbox.invoices.get(ids[0]!);
    const outcome = payInvoice(sandbox, invoice, { paymentMethod: params.text('payment_method') });
    if (outcome !== 'good') {
      const intent = paymentsOf(sandbox, invoice.id)[0]!.payment.payment_intent;
      throw declined(outcome, sandbox.paymentIntents.get(intent));
    }
    return invoice;
  }),
  route('POST', '/v1/invoices/:id/void', [], ({ sandbox, ids }) => {
    const invoice = sandbox.invoices.get(ids[0]!);
    voidInvoice(sandbox, invoice, 'void');
    return invoice;
  }),
  route('POST', '/v1/invoices/:id/mark_uncollectible', [], ({ sandbox, ids }) => {
    const invoice = sandbox.invoices.get(ids[0]!);
    voidInvoice(sandbox, invoice, 'uncollectible');
    return invoice;
  }),
  listRoute('/v1/invoices', (sandbox) => sandbox.invoices.newestFirst(), {
    customer: (invoice, value) => invoice.customer === value,
    subscription: (invoice, value) => invoice.parent.subscription_details.subscription === value,
    status: (invoice, value) => invoice.status === value,
  }),
  listRoute('/v1/invoice_payments', (sandbox) => sandbox.invoicePayments.all().reverse(), {
    invoice: (payment, value) => payment.invoice === value,
    status: (payment, value) => payment.status === value,
  }),
  listRoute('/v1/invoiceitems', (sandbox) => sandbox.pendingItems.newestFirst(), {
    customer: (item, value) => item.customer === value,
    pending: (item, value) => (item.invoice === null) === (value === 'true'),
  }),

  route('GET', '/v1/events/:id', [], ({ sandbox, ids }) => sandbox.events.get(ids[0]!)),
  route('GET', '/v1/events', [...LIST_PARAMS, 'type', 'types'], ({ sandbox, params, path }) => {
    const types = params.texts('types') ?? (params.has('type') ? [params.required('type')] : null);
    const found = sandbox.events
      .newestFirst()
      .filter((event) => !types || types.some((type) => matches(type, event.type)));
    return listPage(found, params, path);
  }),
];

/** `invoice.*` means all of them. */
const matches = (pattern: string, type: string) =>
  pattern === '*' || (pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type);
