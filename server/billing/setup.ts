import type Stripe from 'stripe';
import { PLANS, SOLD_PLANS, type SoldPlan } from '../plans/schema.ts';
import {
  findMeter,
  findPortal,
  forgetCatalog,
  lookupKey,
  METER_EVENT,
  PLAN_MARK,
  PORTAL_MARK,
  PRICE_KINDS,
  type PriceKind,
} from './catalog.ts';
import { isMissing, withStripe } from './gateway.ts';

const CURRENCY = 'usd';
/** Software as a service for business use. */
const TAX_CODE = 'txcd_10103001';

/**
 * Makes products, prices, meter and portal in Stripe be as the plans say. Changes only what differs; a price never changes its
 * amount there, so a new one takes over its name, and whoever bought at the old one keeps it. Answers what it did.
 */
export const setUpStripe = (): Promise<string[]> =>
  withStripe(async (stripe) => {
    const done: string[] = [];
    const meter = await ensureMeter(stripe, done);
    const portalProducts: PortalProduct[] = [];
    for (const plan of SOLD_PLANS) {
      const product = await ensureProduct(stripe, plan, done);
      const prices: string[] = [];
      for (const kind of PRICE_KINDS) {
        const id = await ensurePrice(stripe, { plan, kind, product, meter }, done);
        if (id && kind !== 'usage') prices.push(id);
      }
      portalProducts.push({ product, prices });
    }
    await ensurePortal(stripe, portalProducts, done);
    forgetCatalog();
    return done;
  });

type PortalProduct = Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionUpdate.Product;

async function ensureMeter(stripe: Stripe, done: string[]): Promise<string> {
  const found = await findMeter(stripe);
  if (found) return found;
  const { id } = await stripe.billing.meters.create({
    display_name: 'Executions beyond the plan',
    event_name: METER_EVENT,
    default_aggregation: { formula: 'sum' },
    customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
    value_settings: { event_payload_key: 'value' },
  });
  done.push(`made the meter ${METER_EVENT} (${id})`);
  return id;
}

async function ensureProduct(stripe: Stripe, plan: SoldPlan, done: string[]): Promise<string> {
  const name = `LinkFlow ${PLANS[plan].name}`;
  const fields = { name, tax_code: TAX_CODE, metadata: { [PLAN_MARK]: plan } };
  const id = `linkflow_${plan}`;
  const found = await findProduct(stripe, id);
  if (!found) {
    await stripe.products.create({ id, ...fields });
    done.push(`made the product ${name} (${id})`);
  } else if (found.name !== name || !found.active || found.metadata[PLAN_MARK] !== plan) {
    await stripe.products.update(id, { ...fields, active: true });
    done.push(`changed the product ${name} (${id})`);
  }
  return id;
}

async function findProduct(stripe: Stripe, id: string): Promise<Stripe.Product | null> {
  try {
    return await stripe.products.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

interface PriceInput {
  plan: SoldPlan;
  kind: PriceKind;
  product: string;
  meter: string;
}

/** null: nothing is sold by it. */
async function ensurePrice(stripe: Stripe, input: PriceInput, done: string[]): Promise<string | null> {
  const { plan, kind, product, meter } = input;
  const cents = centsOf(plan, kind);
  if (cents === null) return null;
  const key = lookupKey(plan, kind);
  const [found] = (await stripe.prices.list({ lookup_keys: [key], limit: 1 })).data;
  if (found?.active && isAs(found, input, cents)) return found.id;
  const amount = stripe.Decimal.from(cents);
  const { id } = await stripe.prices.create({
    product,
    currency: CURRENCY,
    unit_amount_decimal: amount,
    recurring: {
      interval: kind === 'year' ? 'year' : 'month',
      ...(kind === 'usage' && { usage_type: 'metered', meter }),
    },
    lookup_key: key,
    transfer_lookup_key: true,
    tax_behavior: 'exclusive',
    metadata: { [PLAN_MARK]: plan },
  });
  done.push(`made the price ${key}: ${cents} cents (${id})`);
  if (found) {
    await stripe.prices.update(found.id, { active: false });
    done.push(`sells no more at ${found.id}; whoever has it keeps it`);
  }
  return id;
}

/** As a decimal text, since an execution costs a part of a cent. */
function centsOf(plan: SoldPlan, kind: PriceKind): string | null {
  const { prices, overagePer1000 } = PLANS[plan];
  if (kind !== 'usage') return prices && String(prices[kind]);
  return overagePer1000 === null ? null : String(overagePer1000 / 1000);
}

function isAs(price: Stripe.Price, { plan, kind, product, meter }: PriceInput, cents: string): boolean {
  const { currency, recurring, metadata } = price;
  return (
    Number(price.unit_amount_decimal ?? price.unit_amount) === Number(cents) &&
    currency === CURRENCY &&
    price.product === product &&
    metadata[PLAN_MARK] === plan &&
    recurring?.interval === (kind === 'year' ? 'year' : 'month') &&
    (recurring.meter ?? null) === (kind === 'usage' ? meter : null)
  );
}

async function ensurePortal(stripe: Stripe, products: PortalProduct[], done: string[]): Promise<void> {
  const fields: Stripe.BillingPortal.ConfigurationCreateParams = {
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'name', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      // in the product: it says what happens then, and a yearly plan does not end with a month of its usage
      subscription_cancel: { enabled: false },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        products,
        proration_behavior: 'always_invoice',
      },
    },
    metadata: { [PORTAL_MARK]: JSON.stringify(products.map(({ prices }) => prices)) },
  };
  const found = await findPortal(stripe);
  if (!found) {
    const { id } = await stripe.billingPortal.configurations.create(fields);
    done.push(`made the portal (${id})`);
    return;
  }
  const { metadata } = await stripe.billingPortal.configurations.retrieve(found);
  if (metadata?.[PORTAL_MARK] === (fields.metadata as Stripe.Metadata)[PORTAL_MARK]) return;
  await stripe.billingPortal.configurations.update(found, fields);
  done.push(`changed the portal (${found})`);
}
