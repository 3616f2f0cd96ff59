import { newId } from './collection.ts';
import type { Address } from './customers.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type CheckoutSession = ReturnType<typeof newCheckoutSession>;

/** A session as the API shows it, before anything is counted. */
export function newCheckoutSession(sandbox: Sandbox, params: Params, currency: string) {
  const id = newId('cs_test', 58);
  const customer = params.text('customer') ?? null;
  return {
    id,
    object: 'checkout.session' as const,
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: params.flag('allow_promotion_codes') ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: 0,
    amount_total: 0,
    automatic_tax: {
      enabled: params.inside('automatic_tax')?.flag('enabled') ?? false,
      liability: null,
      provider: null,
      status: null,
    },
    billing_address_collection: params.text('billing_address_collection') ?? null,
    cancel_url: params.text('cancel_url') ?? null,
    client_reference_id: params.text('client_reference_id') ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: sandbox.now,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {},
    customer,
    customer_account: null,
    customer_creation: customer ? null : 'always',
    customer_details: null as null | {
      address: Address | null;
      business_name: null;
      email: string | null;
      individual_name: null;
      name: string | null;
      phone: null;
      tax_exempt: string;
      tax_ids: never[];
    },
    customer_email: params.text('customer_email') ?? null,
    discounts: [] as { coupon: string; promotion_code: string | null }[],
    expires_at: params.integer('expires_at') ?? sandbox.now + 86_400,
    integration_identifier: null,
    invoice: null as string | null,
    invoice_creation: null,
    livemode: false,
    locale: params.text('locale') ?? null,
    managed_payments: null,
    metadata: params.metadata(),
    mode: 'subscription' as const,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: params.text('payment_method_collection') ?? 'always',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: 'unpaid' as 'unpaid' | 'paid' | 'no_payment_required',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open' as 'open' | 'complete' | 'expired',
    submit_type: null,
    subscription: null as string | null,
    success_url: params.required('success_url'),
    tax_id_collection: {
      enabled: params.inside('tax_id_collection')?.flag('enabled') ?? false,
      required: 'never',
    },
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${sandbox.origin}/c/pay/${id}` as string | null,
    wallet_options: null,
  };
}
