import { newId } from './collection.ts';
import { Failure, invalid } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

/** What happens when money is taken: it works, the bank refuses (by its reason), or it wants the holder to confirm. */
export type CardOutcome =
  | 'good'
  | 'generic_decline'
  | 'insufficient_funds'
  | 'expired_card'
  | 'authentication_required';

/** Stripe’s test cards: what they do on a page, and what they do once they are saved. The one that ends in 0341 is never paid from again. */
export const TEST_CARDS: Record<
  string,
  { brand: string; now: CardOutcome; later: CardOutcome; token: string }
> = {
  '4242424242424242': { brand: 'visa', now: 'good', later: 'good', token: 'pm_card_visa' },
  '5555555555554444': { brand: 'mastercard', now: 'good', later: 'good', token: 'pm_card_mastercard' },
  '4000000000000002': {
    brand: 'visa',
    now: 'generic_decline',
    later: 'generic_decline',
    token: 'pm_card_visa_chargeDeclined',
  },
  '4000000000009995': {
    brand: 'visa',
    now: 'insufficient_funds',
    later: 'insufficient_funds',
    token: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  },
  '4000000000000069': {
    brand: 'visa',
    now: 'expired_card',
    later: 'expired_card',
    token: 'pm_card_chargeDeclinedExpiredCard',
  },
  '4000000000000341': {
    brand: 'visa',
    now: 'good',
    later: 'generic_decline',
    token: 'pm_card_chargeCustomerFail',
  },
  '4000002500003155': {
    brand: 'visa',
    now: 'authentication_required',
    later: 'good',
    token: 'pm_card_authenticationRequiredOnSetup',
  },
  '4000002760003184': {
    brand: 'visa',
    now: 'authentication_required',
    later: 'authentication_required',
    token: 'pm_card_authenticationRequired',
  },
};

export type PaymentMethod = ReturnType<typeof newPaymentMethod>;

/** A saved card; what it does from now on is the card’s `later`. Number without spaces. */
export function saveCard(sandbox: Sandbox, number: string, customer: string | null): PaymentMethod {
  const card = TEST_CARDS[number];
  if (!card)
    throw new Failure(402, 'card_error', 'Your card number is incorrect.', { code: 'incorrect_number' });
  const method = sandbox.paymentMethods.add(
    newPaymentMethod(sandbox, card.brand, number.slice(-4), customer),
  );
  sandbox.cardOutcomes.set(method.id, card.later);
  if (customer) sandbox.emit('payment_method.attached', method);
  return method;
}

/** Attaches `pm_card_visa` and the other names of test cards as a new one, as Stripe does. */
export function attach(sandbox: Sandbox, id: string, params: Params): PaymentMethod {
  const customer = sandbox.customers.get(params.required('customer'), 'customer').id;
  const number = Object.keys(TEST_CARDS).find((candidate) => TEST_CARDS[candidate]!.token === id);
  if (number) {
    if (TEST_CARDS[number]!.now !== 'good' && TEST_CARDS[number]!.now !== 'authentication_required')
      throw declined(TEST_CARDS[number]!.now);
    return saveCard(sandbox, number, customer);
  }
  const method = sandbox.paymentMethods.get(id);
  if (method.customer && method.customer !== customer)
    throw invalid('The payment method you provided has already been attached to a customer.');
  method.customer = customer;
  sandbox.emit('payment_method.attached', method);
  return method;
}

export function detach(sandbox: Sandbox, id: string): PaymentMethod {
  const method = sandbox.paymentMethods.get(id);
  sandbox.change(method, 'payment_method.detached', () => {
    method.customer = null;
  });
  return method;
}

/** The error that a bank’s refusal becomes. */
export function declined(outcome: CardOutcome, paymentIntent?: unknown): Failure {
  const codes: Record<string, { code: string; message: string }> = {
    expired_card: { code: 'expired_card', message: 'Your card has expired.' },
    insufficient_funds: { code: 'card_declined', message: 'Your card has insufficient funds.' },
    authentication_required: {
      code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    },
  };
  const { code, message } = codes[outcome] ?? { code: 'card_declined', message: 'Your card was declined.' };
  return new Failure(402, 'card_error', message, {
    code,
    decline_code: outcome,
    ...(paymentIntent !== undefined && { payment_intent: paymentIntent }),
  });
}

function newPaymentMethod(sandbox: Sandbox, brand: string, last4: string, customer: string | null) {
  return {
    id: newId('pm'),
    object: 'payment_method' as const,
    allow_redisplay: 'limited',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand,
      country: 'US',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2034,
      fingerprint: `fp_${brand}_${last4}`,
      funding: 'credit',
      last4,
    },
    created: sandbox.now,
    customer,
    livemode: false,
    metadata: {} as Record<string, string>,
    type: 'card',
  };
}
