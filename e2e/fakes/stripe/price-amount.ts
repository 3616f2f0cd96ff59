import type { Price, Tier } from './catalog.ts';

/** What a quantity costs, in cents. */
export function priceAmount(price: Price, quantity: number): number {
  if (price.tiers) return roundCents(tiered(price.tiers, price.tiers_mode ?? 'graduated', quantity));
  return roundCents(Number(price.unit_amount_decimal) * transformed(price, quantity));
}

/** To whole cents, half away from zero. */
export const roundCents = (amount: number): number => {
  const rounded = Math.sign(amount) * Math.round(Math.abs(Number(amount.toFixed(6))));
  return rounded === 0 ? 0 : rounded; // not −0, which JSON forgets and tests do not
};

function transformed(price: Price, quantity: number): number {
  const transform = price.transform_quantity;
  if (!transform) return quantity;
  const packages = quantity / transform.divide_by;
  return transform.round === 'up' ? Math.ceil(packages) : Math.floor(packages);
}

function tiered(tiers: Tier[], mode: 'graduated' | 'volume', quantity: number): number {
  const cost = (tier: Tier, units: number) =>
    units * Number(tier.unit_amount_decimal ?? 0) + Number(tier.flat_amount_decimal ?? 0);
  if (mode === 'volume') {
    const tier = tiers.find(({ up_to }) => up_to === null || quantity <= up_to);
    return tier && quantity > 0 ? cost(tier, quantity) : 0;
  }
  let from = 0;
  let total = 0;
  for (const tier of tiers) {
    const units = Math.min(quantity, tier.up_to ?? quantity) - from;
    if (units <= 0) break;
    total += cost(tier, units);
    from += units;
  }
  return total;
}
