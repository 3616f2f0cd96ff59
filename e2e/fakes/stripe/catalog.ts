import type { Interval } from './calendar.ts';
import { newId } from './collection.ts';
import { invalid, missingParameter } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type Product = ReturnType<typeof newProduct>;
export type Price = ReturnType<typeof newPrice>;

export interface Tier {
  up_to: number | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  flat_amount: number | null;
  flat_amount_decimal: string | null;
}

export const PRODUCT_PARAMS = [
  'id',
  'name',
  'active',
  'description',
  'metadata',
  'unit_label',
  'tax_code',
  'default_price',
];
export const PRICE_PARAMS = [
  'active',
  'billing_scheme',
  'currency',
  'lookup_key',
  'metadata',
  'nickname',
  'product',
  'product_data',
  'recurring',
  'tax_behavior',
  'tiers',
  'tiers_mode',
  'transfer_lookup_key',
  'transform_quantity',
  'unit_amount',
  'unit_amount_decimal',
];

export function createProduct(sandbox: Sandbox, params: Params): Product {
  const product = newProduct(sandbox, params.text('id') ?? newId('prod', 14), params.required('name'));
  assignProduct(product, params);
  sandbox.products.add(product);
  sandbox.emit('product.created', product);
  return product;
}

export function updateProduct(sandbox: Sandbox, id: string, params: Params): Product {
  const product = sandbox.products.get(id);
  sandbox.change(product, 'product.updated', () => {
    assignProduct(product, params);
    product.updated = sandbox.now;
  });
  return product;
}

export function createPrice(sandbox: Sandbox, params: Params): Price {
  const inline = params.inside('product_data');
  const product = inline
    ? createProduct(sandbox, inline)
    : sandbox.products.get(params.required('product'), 'product');
  const price = newPrice(sandbox, product.id, params);
  if (price.unit_amount_decimal === null && price.tiers === undefined) throw missingParameter('unit_amount');
  claimLookupKey(sandbox, price, params);
  sandbox.prices.add(price);
  sandbox.emit('price.created', price);
  return price;
}

export function updatePrice(sandbox: Sandbox, id: string, params: Params): Price {
  const price = sandbox.prices.get(id);
  sandbox.change(price, 'price.updated', () => {
    price.active = params.flag('active') ?? price.active;
    price.nickname = params.text('nickname') ?? price.nickname;
    price.metadata = params.metadata(price.metadata);
    if (params.has('lookup_key')) {
      price.lookup_key = params.text('lookup_key') || null;
      claimLookupKey(sandbox, price, params);
    }
  });
  return price;
}

/** Two prices never have the same key; a new one may take it over. */
function claimLookupKey(sandbox: Sandbox, price: Price, params: Params): void {
  const owner = sandbox.prices
    .all()
    .find((other) => other.id !== price.id && price.lookup_key && other.lookup_key === price.lookup_key);
  if (!owner) return;
  if (!params.flag('transfer_lookup_key'))
    throw invalid(`A price (${owner.id}) already uses that lookup key.`, 'lookup_key');
  owner.lookup_key = null;
}

function assignProduct(product: Product, params: Params): void {
  product.name = params.text('name') ?? product.name;
  product.active = params.flag('active') ?? product.active;
  product.description = params.text('description') ?? product.description;
  product.unit_label = params.text('unit_label') ?? product.unit_label;
  product.tax_code = params.text('tax_code') ?? product.tax_code;
  product.default_price = params.text('default_price') ?? product.default_price;
  product.metadata = params.metadata(product.metadata);
}

function newProduct(sandbox: Sandbox, id: string, name: string) {
  return {
    id,
    object: 'product' as const,
    active: true,
    created: sandbox.now,
    default_price: null as string | null,
    description: null as string | null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {} as Record<string, string>,
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null as string | null,
    tax_details: null,
    type: 'service',
    unit_label: null as string | null,
    updated: sandbox.now,
    url: null,
  };
}

function newPrice(sandbox: Sandbox, product: string, params: Params) {
  const decimal = params.text('unit_amount_decimal') ?? params.text('unit_amount') ?? null;
  const tiers = params.list('tiers')?.map(tierFrom);
  return {
    id: newId('price'),
    object: 'price' as const,
    active: params.flag('active') ?? true,
    billing_scheme: tiers ? 'tiered' : 'per_unit',
    created: sandbox.now,
    currency: params.required('currency'),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.text('lookup_key') ?? null,
    metadata: params.metadata(),
    nickname: params.text('nickname') ?? null,
    product,
    recurring: recurringFrom(sandbox, params),
    tax_behavior: params.text('tax_behavior') ?? 'unspecified',
    ...(tiers && { tiers }),
    tiers_mode: params.choice('tiers_mode', ['graduated', 'volume']) ?? null,
    transform_quantity: transformFrom(params),
    type: params.has('recurring') ? 'recurring' : 'one_time',
    unit_amount: decimal !== null && /^\d+$/.test(decimal) ? Number(decimal) : null,
    unit_amount_decimal: decimal,
  };
}

function recurringFrom(sandbox: Sandbox, params: Params) {
  const recurring = params.inside('recurring');
  const interval = recurring?.choice('interval', ['day', 'week', 'month', 'year']) as Interval | undefined;
  if (!recurring) return null;
  if (!interval) throw missingParameter('recurring[interval]');
  const usage = recurring.choice('usage_type', ['licensed', 'metered']) ?? 'licensed';
  const meter = recurring.text('meter') ?? null;
  if (usage === 'metered' && !meter) throw missingParameter('recurring[meter]');
  if (meter) sandbox.meters.get(meter, 'recurring[meter]');
  return {
    interval,
    interval_count: recurring.integer('interval_count') ?? 1,
    meter,
    trial_period_days: null,
    usage_type: usage,
  };
}

function transformFrom(params: Params) {
  const transform = params.inside('transform_quantity');
  if (!transform) return null;
  return {
    divide_by: Number(transform.required('divide_by')),
    round: transform.choice('round', ['up', 'down']) ?? 'up',
  };
}

function tierFrom(params: Params): Tier {
  const upTo = params.required('up_to');
  const unit = params.text('unit_amount_decimal') ?? params.text('unit_amount') ?? null;
  const flat = params.text('flat_amount_decimal') ?? params.text('flat_amount') ?? null;
  return {
    up_to: upTo === 'inf' ? null : Number(upTo),
    unit_amount: unit === null ? null : Number(unit),
    unit_amount_decimal: unit,
    flat_amount: flat === null ? null : Number(flat),
    flat_amount_decimal: flat,
  };
}
