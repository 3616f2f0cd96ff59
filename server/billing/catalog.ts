import type Stripe from 'stripe';
import { AppError } from '../errors.ts';
import { type BillingInterval, SOLD_PLANS, type SoldPlan } from '../plans/schema.ts';

/** What is sold of each plan: for a month, for a year, and executions beyond those of the plan. */
export const PRICE_KINDS = ['month', 'year', 'usage'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

/** The event by which Stripe counts executions beyond the plan’s. */
export const METER_EVENT = 'linkflow_executions';
/** On prices, products and the portal: what they are to us. Other systems may sell on the same account. */
export const PLAN_MARK = 'linkflow_plan';
export const PORTAL_MARK = 'linkflow_portal';

const SUFFIX = { month: 'monthly', year: 'yearly', usage: 'usage' } as const;
/** By this name a price is found in Stripe: `pro_monthly`, `business_usage`. */
export const lookupKey = (plan: SoldPlan, kind: PriceKind): string => `${plan}_${SUFFIX[kind]}`;

export interface Catalog {
  /** Price ids by lookup key. */
  prices: ReadonlyMap<string, string>;
  meterId: string | null;
  portalId: string | null;
}

const FRESH_MS = 5 * 60_000;
let known: { at: number; catalog: Promise<Catalog> } | undefined;

/** What there is in Stripe, remembered for some minutes. */
export function loadCatalog(stripe: Stripe): Promise<Catalog> {
  if (known && Date.now() - known.at < FRESH_MS) return known.catalog;
  const catalog = readCatalog(stripe);
  const mine = { at: Date.now(), catalog };
  known = mine;
  catalog.catch(() => {
    if (known === mine) known = undefined;
  });
  return catalog;
}

export function forgetCatalog(): void {
  known = undefined;
}

/** Throws SERVICE_UNAVAILABLE when nobody has set the prices up. */
export function priceOf(catalog: Catalog, plan: SoldPlan, interval: BillingInterval): string {
  const id = catalog.prices.get(lookupKey(plan, interval));
  if (id) return id;
  throw new AppError(
    'SERVICE_UNAVAILABLE',
    'The prices are not set up in Stripe yet. The operator does it with: npm run -s cli -- billing setup',
  );
}

/** The plan that a price is of, also one that is sold no more; null: it is none of ours. */
export function planOfPrice(price: Stripe.Price): SoldPlan | null {
  const named = price.metadata[PLAN_MARK] ?? price.lookup_key?.replace(/_(?:monthly|yearly|usage)$/, '');
  return SOLD_PLANS.find((plan) => plan === named) ?? null;
}

export const isUsage = (price: Stripe.Price): boolean => price.recurring?.usage_type === 'metered';

async function readCatalog(stripe: Stripe): Promise<Catalog> {
  const keys = SOLD_PLANS.flatMap((plan) => PRICE_KINDS.map((kind) => lookupKey(plan, kind)));
  const [prices, meterId, portalId] = await Promise.all([
    stripe.prices.list({ lookup_keys: keys, active: true, limit: 100 }),
    findMeter(stripe),
    findPortal(stripe),
  ]);
  return {
    prices: new Map(prices.data.map(({ id, lookup_key }) => [lookup_key ?? id, id])),
    meterId,
    portalId,
  };
}

export async function findMeter(stripe: Stripe): Promise<string | null> {
  for await (const meter of stripe.billing.meters.list({ status: 'active', limit: 100 }))
    if (meter.event_name === METER_EVENT) return meter.id;
  return null;
}

export async function findPortal(stripe: Stripe): Promise<string | null> {
  for await (const portal of stripe.billingPortal.configurations.list({ active: true, limit: 100 }))
    if (portal.metadata?.[PORTAL_MARK]) return portal.id;
  return null;
}
