import { type CheckoutSession, newCheckoutSession } from './checkout-session.ts';
import { type Address, type Customer, newCustomer } from './customers.ts';
import { chooseDiscounts, choosePromotionCode, type DiscountChoice, newDiscount } from './discounts.ts';
import { invalid, missingParameter } from './failure.ts';
import { buildInvoice } from './invoice.ts';
import type { Params } from './params.ts';
import { saveCard } from './payment-methods.ts';
import type { Sandbox } from './sandbox.ts';
import type { SubscriptionTerms } from './subscription.ts';
import {
  createSubscription,
  draftSubscription,
  firstLines,
  itemsFrom,
  type NewSubscription,
  termsFrom,
} from './subscription-create.ts';

/** What a session will make, kept apart from what the API shows of it. */
export interface CheckoutTerms {
  items: NewSubscription['items'];
  terms: Omit<SubscriptionTerms, 'customer'>;
  discounts: DiscountChoice[];
  /** `customer_update`: what the customer typed is written to the customer. */
  updates: { address: boolean; name: boolean };
  needsCard: 'always' | 'if_required';
}

export const CHECKOUT_PARAMS = [
  'allow_promotion_codes',
  'automatic_tax',
  'billing_address_collection',
  'cancel_url',
  'client_reference_id',
  'consent_collection',
  'currency',
  'custom_text',
  'customer',
  'customer_email',
  'customer_update',
  'discounts',
  'expires_at',
  'line_items',
  'locale',
  'metadata',
  'mode',
  'payment_method_collection',
  'subscription_data',
  'success_url',
  'tax_id_collection',
  'ui_mode',
];

export function createCheckout(sandbox: Sandbox, params: Params): CheckoutSession {
  if (params.required('mode') !== 'subscription')
    throw invalid('Only mode subscription is known here.', 'mode');
  if (!params.has('line_items')) throw missingParameter('line_items');
  if (!params.has('success_url')) throw missingParameter('success_url');
  if (params.has('customer') && params.has('customer_email'))
    throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer');
  const allowCodes = params.flag('allow_promotion_codes') ?? false;
  if (allowCodes && params.has('discounts'))
    throw invalid(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'discounts',
    );
  const customer = params.text('customer');
  if (customer) sandbox.customers.get(customer, 'customer');
  const terms = checkoutTerms(sandbox, params);
  const session = newCheckoutSession(sandbox, params, terms.terms.currency);
  if (session.expires_at <= sandbox.now || session.expires_at > sandbox.now + 86_400)
    throw invalid(
      'The `expires_at` timestamp must be within 24 hours from Checkout Session creation.',
      'expires_at',
    );
  sandbox.checkoutTerms.set(session.id, terms);
  showAmounts(sandbox, session);
  return sandbox.checkoutSessions.add(session);
}

/** A code that the customer typed on the page; answers 400 when it does not exist. */
export function applyPromotionCode(sandbox: Sandbox, session: CheckoutSession, typed: string): void {
  const terms = sandbox.checkoutTerms.get(session.id)!;
  terms.discounts = [choosePromotionCode(sandbox, typed)];
  session.discounts = terms.discounts.map(({ coupon, promotionCode }) => ({
    coupon,
    promotion_code: promotionCode,
  }));
  showAmounts(sandbox, session);
}

export interface PaymentForm {
  /** Null when nothing is due and a card is only asked for when needed. */
  number: string | null;
  email: string;
  name: string;
  country: string;
}

/** Pays a session: customer, card, subscription and its first invoice, then `checkout.session.completed`. */
export function completeCheckout(sandbox: Sandbox, session: CheckoutSession, form: PaymentForm): void {
  const terms = sandbox.checkoutTerms.get(session.id)!;
  const customer = session.customer ? sandbox.customers.get(session.customer) : customerFrom(sandbox, form);
  rememberDetails(sandbox, customer, form, session.customer ? terms.updates : { address: true, name: true });
  const method = form.number ? saveCard(sandbox, form.number, customer.id) : null;
  const later = method && sandbox.cardOutcomes.get(method.id);
  if (method) sandbox.cardOutcomes.set(method.id, 'good'); // the page has decided about this first payment
  const subscription = createSubscription(sandbox, {
    terms: { ...terms.terms, customer: customer.id, paymentMethod: method?.id ?? null },
    items: terms.items,
    discounts: terms.discounts,
    behavior: 'allow_incomplete',
    checkoutSession: session.id,
  });
  if (method && later) sandbox.cardOutcomes.set(method.id, later);
  session.customer = customer.id;
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  showAmounts(sandbox, session);
  session.status = 'complete';
  session.payment_status = session.amount_total === 0 ? 'no_payment_required' : 'paid';
  session.url = null;
  session.customer_details = {
    address: customer.address,
    business_name: null,
    email: form.email || customer.email,
    individual_name: null,
    name: form.name || customer.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  sandbox.emit('checkout.session.completed', session);
}

export function expireCheckout(sandbox: Sandbox, session: CheckoutSession): CheckoutSession {
  if (session.status !== 'open')
    throw invalid('Only Checkout Sessions with a status of open can be expired.');
  session.status = 'expired';
  session.url = null;
  sandbox.emit('checkout.session.expired', session);
  return session;
}

/** `line_items`, which are only there when they are asked for. */
export function checkoutLineItems(sandbox: Sandbox, id: string) {
  const { items } = sandbox.checkoutTerms.get(id)!;
  return items.map(({ price, quantity }) => ({
    id: `li_${price.id.slice(6)}`,
    object: 'item',
    amount_discount: 0,
    amount_subtotal: (price.unit_amount ?? 0) * quantity,
    amount_tax: 0,
    amount_total: (price.unit_amount ?? 0) * quantity,
    currency: price.currency,
    description: sandbox.products.get(price.product).name,
    price,
    quantity,
  }));
}

/** Sums with discounts and tax, as far as the country is known. */
function showAmounts(sandbox: Sandbox, session: CheckoutSession): void {
  const { items, terms, discounts } = sandbox.checkoutTerms.get(session.id)!;
  const subscription = draftSubscription(sandbox, {
    terms: { ...terms, customer: session.customer ?? '' },
    items,
  });
  const shown = discounts.map(({ coupon, promotionCode }) =>
    newDiscount(sandbox, sandbox.coupons.get(coupon), promotionCode, {}),
  );
  const period = { start: sandbox.now, end: sandbox.now };
  const lines = firstLines(sandbox, subscription);
  const invoice = buildInvoice(sandbox, {
    subscription,
    reason: 'subscription_create',
    lines,
    period,
    discounts: shown,
  });
  const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
  session.amount_subtotal = invoice.subtotal;
  session.amount_total = invoice.total;
  session.total_details = {
    amount_discount: sum(invoice.total_discount_amounts),
    amount_shipping: 0,
    amount_tax: sum(invoice.total_taxes),
  };
}

function checkoutTerms(sandbox: Sandbox, params: Params): CheckoutTerms {
  const items = itemsFrom(sandbox, params.list('line_items') ?? []);
  const updates = params.inside('customer_update');
  const automaticTax = params.inside('automatic_tax')?.flag('enabled') ?? false;
  if (automaticTax && params.has('customer') && updates?.text('address') !== 'auto') {
    const { address } = sandbox.customers.get(params.required('customer'));
    if (!address?.country)
      throw invalid(
        'Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to `auto` or `customer_update[shipping]` to `auto` to save the address entered in Checkout to the Customer.',
        'customer_update',
        'customer_tax_location_invalid',
      );
  }
  return {
    items,
    terms: {
      ...termsFrom(sandbox, params.inside('subscription_data'), items[0]?.price.currency),
      automaticTax,
    },
    discounts: chooseDiscounts(sandbox, params) ?? [],
    updates: { address: updates?.text('address') === 'auto', name: updates?.text('name') === 'auto' },
    needsCard: params.choice('payment_method_collection', ['always', 'if_required']) ?? 'always',
  };
}

function customerFrom(sandbox: Sandbox, form: PaymentForm): Customer {
  const customer = newCustomer(sandbox);
  customer.email = form.email || null;
  sandbox.customers.add(customer);
  sandbox.emit('customer.created', customer);
  return customer;
}

function rememberDetails(
  sandbox: Sandbox,
  customer: Customer,
  form: PaymentForm,
  updates: { address: boolean; name: boolean },
): void {
  sandbox.change(customer, 'customer.updated', () => {
    if (updates.name && form.name) customer.name = form.name;
    if (updates.address && form.country) customer.address = addressIn(form.country);
  });
}

const addressIn = (country: string): Address => ({
  city: null,
  country,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
});
