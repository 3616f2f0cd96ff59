import { addMonths } from './calendar.ts';
import { newId } from './collection.ts';
import { invalid } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type Coupon = ReturnType<typeof newCoupon>;
export type PromotionCode = ReturnType<typeof newPromotionCode>;
export type Discount = ReturnType<typeof newDiscount>;

export const COUPON_PARAMS = [
  'id',
  'amount_off',
  'currency',
  'duration',
  'duration_in_months',
  'max_redemptions',
  'metadata',
  'name',
  'percent_off',
  'redeem_by',
];
export const PROMOTION_CODE_PARAMS = [
  'active',
  'code',
  'customer',
  'expires_at',
  'max_redemptions',
  'metadata',
  'promotion',
];

export function createCoupon(sandbox: Sandbox, params: Params): Coupon {
  const coupon = newCoupon(sandbox, params);
  if ((coupon.percent_off === null) === (coupon.amount_off === null))
    throw invalid('You must pass either percent_off or amount_off, and not both.', 'percent_off');
  if (coupon.duration === 'repeating' && !coupon.duration_in_months)
    throw invalid('duration_in_months is needed when the duration is repeating.', 'duration_in_months');
  sandbox.coupons.add(coupon);
  sandbox.emit('coupon.created', coupon);
  return coupon;
}

export function createPromotionCode(sandbox: Sandbox, params: Params): PromotionCode {
  const coupon = params.inside('promotion')?.text('coupon') ?? '';
  const code = newPromotionCode(sandbox, sandbox.coupons.get(coupon, 'promotion[coupon]').id, params);
  sandbox.promotionCodes.add(code);
  sandbox.emit('promotion_code.created', code);
  return code;
}

/** What `discounts[]` of a request refers to: a coupon or a promotion code. */
export interface DiscountChoice {
  coupon: string;
  promotionCode: string | null;
}

/** Answers 400 for codes that are used up, expired, or not there. */
export function chooseDiscounts(sandbox: Sandbox, params: Params): DiscountChoice[] | undefined {
  return params.list('discounts')?.map((entry) => {
    const code = entry.text('promotion_code');
    if (code) return usable(sandbox, sandbox.promotionCodes.get(code, 'discounts[promotion_code]'));
    return redeemable(sandbox, entry.required('coupon'), null);
  });
}

/** By what the customer typed; capital or small letters are the same. */
export function choosePromotionCode(sandbox: Sandbox, typed: string): DiscountChoice {
  const code = sandbox.promotionCodes
    .all()
    .find((candidate) => candidate.code.toLowerCase() === typed.trim().toLowerCase());
  if (!code) throw invalid('This code is invalid.', 'promotion_code');
  return usable(sandbox, code);
}

/** Starts a discount on a subscription and counts the redemption. */
export function redeem(
  sandbox: Sandbox,
  choice: DiscountChoice,
  owner: Partial<Pick<Discount, 'customer' | 'subscription' | 'checkout_session'>>,
): Discount {
  const coupon = sandbox.coupons.get(choice.coupon);
  const discount = newDiscount(sandbox, coupon, choice.promotionCode, owner);
  coupon.times_redeemed += 1;
  if (choice.promotionCode) sandbox.promotionCodes.get(choice.promotionCode).times_redeemed += 1;
  sandbox.discounts.add(discount);
  sandbox.emit('customer.discount.created', discount);
  return discount;
}

/** A discount that nobody has redeemed yet, for amounts that are only shown. */
export function newDiscount(
  sandbox: Sandbox,
  coupon: Coupon,
  promotionCode: string | null,
  owner: { customer?: string | null; subscription?: string | null; checkout_session?: string | null },
) {
  const months = coupon.duration === 'repeating' ? coupon.duration_in_months : null;
  return {
    id: newId('di'),
    object: 'discount' as const,
    checkout_session: owner.checkout_session ?? null,
    customer: owner.customer ?? null,
    customer_account: null,
    end: months ? addMonths(sandbox.now, months) : null,
    invoice: null,
    invoice_item: null,
    promotion_code: promotionCode,
    source: { coupon: coupon.id, type: 'coupon' as const },
    start: sandbox.now,
    subscription: owner.subscription ?? null,
    subscription_item: null,
  };
}

function usable(sandbox: Sandbox, code: PromotionCode): DiscountChoice {
  const expired = code.expires_at !== null && code.expires_at <= sandbox.now;
  const usedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  if (!code.active || expired || usedUp)
    throw invalid('This promotion code cannot be redeemed.', 'promotion_code');
  return redeemable(sandbox, code.promotion.coupon, code.id);
}

function redeemable(sandbox: Sandbox, id: string, promotionCode: string | null): DiscountChoice {
  const coupon = sandbox.coupons.get(id, 'coupon');
  const expired = coupon.redeem_by !== null && coupon.redeem_by <= sandbox.now;
  const usedUp = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  if (expired || usedUp) throw invalid(`Coupon expired: ${id}`, 'coupon', 'coupon_expired');
  return { coupon: id, promotionCode };
}

function newCoupon(sandbox: Sandbox, params: Params) {
  return {
    id: params.text('id') ?? newId('', 8).slice(1),
    object: 'coupon' as const,
    amount_off: params.integer('amount_off') ?? null,
    created: sandbox.now,
    currency: params.text('currency') ?? null,
    duration: params.choice('duration', ['once', 'repeating', 'forever']) ?? 'once',
    duration_in_months: params.integer('duration_in_months') ?? null,
    livemode: false,
    max_redemptions: params.integer('max_redemptions') ?? null,
    metadata: params.metadata(),
    name: params.text('name') ?? null,
    percent_off: params.has('percent_off') ? Number(params.text('percent_off')) : null,
    redeem_by: params.integer('redeem_by') ?? null,
    times_redeemed: 0,
    valid: true,
  };
}

function newPromotionCode(sandbox: Sandbox, coupon: string, params: Params) {
  return {
    id: newId('promo'),
    object: 'promotion_code' as const,
    active: params.flag('active') ?? true,
    code: params.text('code') ?? newId('', 8).slice(1).toUpperCase(),
    created: sandbox.now,
    customer: params.text('customer') ?? null,
    customer_account: null,
    expires_at: params.integer('expires_at') ?? null,
    livemode: false,
    max_redemptions: params.integer('max_redemptions') ?? null,
    metadata: params.metadata(),
    promotion: { coupon, type: 'coupon' as const },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
}
