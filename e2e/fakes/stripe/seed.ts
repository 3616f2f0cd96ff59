import { createPrice, createProduct } from './catalog.ts';
import { decodeForm } from './form.ts';
import { createMeter } from './meters.ts';
import { Params } from './params.ts';
import { createPortalConfiguration } from './portal.ts';
import type { Sandbox } from './sandbox.ts';

export interface CatalogSeed {
  /** Amounts in cents. The lookup keys are `<key>_monthly` and `<key>_yearly`. */
  plans: { key: string; name: string; monthly: number; yearly: number }[];
  /** A monthly price by usage; its lookup key is `<key>_usage`, its unit may cost a part of a cent. */
  metered: { key: string; name: string; eventName: string; unitAmountDecimal: string }[];
}

export const DEFAULT_CATALOG: CatalogSeed = {
  plans: [
    { key: 'pro', name: 'Pro', monthly: 2900, yearly: 29_000 },
    { key: 'business', name: 'Business', monthly: 9900, yearly: 99_000 },
  ],
  metered: [
    { key: 'executions', name: 'Extra executions', eventName: 'executions', unitAmountDecimal: '0.1' },
  ],
};

/** Products, prices, meters and the portal’s default configuration. Answers price ids by lookup key. */
export function seedCatalog(sandbox: Sandbox, catalog: CatalogSeed): Record<string, string> {
  for (const plan of catalog.plans) {
    const product = createProduct(sandbox, form({ name: plan.name, 'metadata[plan]': plan.key })).id;
    for (const [name, interval, amount] of [
      ['monthly', 'month', plan.monthly],
      ['yearly', 'year', plan.yearly],
    ] as const)
      createPrice(
        sandbox,
        form({
          product,
          currency: 'usd',
          unit_amount: String(amount),
          'recurring[interval]': interval,
          lookup_key: `${plan.key}_${name}`,
        }),
      );
  }
  for (const usage of catalog.metered) {
    const meter = createMeter(sandbox, form({ display_name: usage.name, event_name: usage.eventName })).id;
    createPrice(
      sandbox,
      form({
        'product_data[name]': usage.name,
        currency: 'usd',
        unit_amount_decimal: usage.unitAmountDecimal,
        'recurring[interval]': 'month',
        'recurring[usage_type]': 'metered',
        'recurring[meter]': meter,
        lookup_key: `${usage.key}_usage`,
      }),
    );
  }
  createPortalConfiguration(sandbox, form({})).is_default = true;
  return Object.fromEntries(sandbox.prices.all().map((price) => [price.lookup_key ?? price.id, price.id]));
}

const form = (fields: Record<string, string>) =>
  new Params(decodeForm(new URLSearchParams(fields).toString()));
