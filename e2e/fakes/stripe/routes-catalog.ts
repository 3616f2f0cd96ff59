import {
  createPrice,
  createProduct,
  PRICE_PARAMS,
  PRODUCT_PARAMS,
  updatePrice,
  updateProduct,
} from './catalog.ts';
import { COUPON_PARAMS, createCoupon, createPromotionCode, PROMOTION_CODE_PARAMS } from './discounts.ts';
import { LIST_PARAMS, listPage } from './listing.ts';
import { createMeter, METER_PARAMS, recordMeterEvent, summarizeUsage } from './meters.ts';
import { listRoute, type Route, route } from './route.ts';

const SUMMARY_PARAMS = [...LIST_PARAMS, 'customer', 'start_time', 'end_time', 'value_grouping_window'];

export const CATALOG_ROUTES: Route[] = [
  route('POST', '/v1/products', PRODUCT_PARAMS, ({ sandbox, params }) => createProduct(sandbox, params)),
  route('POST', '/v1/products/:id', PRODUCT_PARAMS, ({ sandbox, params, ids }) =>
    updateProduct(sandbox, ids[0]!, params),
  ),
  route('GET', '/v1/products/:id', [], ({ sandbox, ids }) => sandbox.products.get(ids[0]!)),
  listRoute('/v1/products', (sandbox) => sandbox.products.newestFirst(), {
    active: (product, value) => String(product.active) === value,
  }),

  route('POST', '/v1/prices', PRICE_PARAMS, ({ sandbox, params }) => createPrice(sandbox, params)),
  route('POST', '/v1/prices/:id', PRICE_PARAMS, ({ sandbox, params, ids }) =>
    updatePrice(sandbox, ids[0]!, params),
  ),
  route('GET', '/v1/prices/:id', [], ({ sandbox, ids }) => sandbox.prices.get(ids[0]!)),
  route(
    'GET',
    '/v1/prices',
    [...LIST_PARAMS, 'active', 'lookup_keys', 'product', 'type', 'recurring'],
    ({ sandbox, params, path }) => {
      const keys = params.texts('lookup_keys');
      const usage = params.inside('recurring')?.text('usage_type');
      const found = sandbox.prices
        .newestFirst()
        .filter((price) => !keys || keys.includes(price.lookup_key ?? ''))
        .filter((price) => !params.has('active') || price.active === params.flag('active'))
        .filter((price) => !params.has('product') || price.product === params.text('product'))
        .filter((price) => !params.has('type') || price.type === params.text('type'))
        .filter((price) => !usage || price.recurring?.usage_type === usage);
      return listPage(found, params, path);
    },
  ),

  route('POST', '/v1/billing/meters', METER_PARAMS, ({ sandbox, params }) => createMeter(sandbox, params)),
  route('GET', '/v1/billing/meters/:id/event_summaries', SUMMARY_PARAMS, ({ sandbox, params, ids, path }) =>
    listPage(summarizeUsage(sandbox, ids[0]!, params), params, path),
  ),
  route('GET', '/v1/billing/meters/:id', [], ({ sandbox, ids }) => sandbox.meters.get(ids[0]!)),
  listRoute('/v1/billing/meters', (sandbox) => sandbox.meters.newestFirst(), {
    status: (meter, value) => meter.status === value,
  }),
  route(
    'POST',
    '/v1/billing/meter_events',
    ['event_name', 'identifier', 'payload', 'timestamp'],
    ({ sandbox, params }) => recordMeterEvent(sandbox, params),
  ),

  route('POST', '/v1/coupons', COUPON_PARAMS, ({ sandbox, params }) => createCoupon(sandbox, params)),
  route('GET', '/v1/coupons/:id', [], ({ sandbox, ids }) => sandbox.coupons.get(ids[0]!)),
  listRoute('/v1/coupons', (sandbox) => sandbox.coupons.newestFirst()),
  route('POST', '/v1/promotion_codes', PROMOTION_CODE_PARAMS, ({ sandbox, params }) =>
    createPromotionCode(sandbox, params),
  ),
  route('GET', '/v1/promotion_codes/:id', [], ({ sandbox, ids }) => sandbox.promotionCodes.get(ids[0]!)),
  listRoute('/v1/promotion_codes', (sandbox) => sandbox.promotionCodes.newestFirst(), {
    code: (promotion, value) => promotion.code.toLowerCase() === value.toLowerCase(),
    active: (promotion, value) => String(promotion.active) === value,
  }),
];
