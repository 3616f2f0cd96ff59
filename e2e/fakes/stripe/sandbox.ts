import type { Price, Product } from './catalog.ts';
import type { CheckoutTerms } from './checkout.ts';
import type { CheckoutSession } from './checkout-session.ts';
import { Clock } from './clock.ts';
import { Collection } from './collection.ts';
import type { Customer } from './customers.ts';
import type { Coupon, Discount, PromotionCode } from './discounts.ts';
import { differences, newEvent, type StripeEvent } from './events.ts';
import type { Invoice } from './invoice.ts';
import type { Meter, MeterEvent } from './meters.ts';
import type { InvoicePayment, PaymentIntent } from './payment-intents.ts';
import type { CardOutcome, PaymentMethod } from './payment-methods.ts';
import type { PendingItem } from './pending-items.ts';
import type { PortalConfiguration, PortalSession } from './portal.ts';
import type { Debit } from './proration.ts';
import type { Subscription } from './subscription.ts';

export interface Settings {
  /** How long a renewal’s invoice stays a draft. */
  draftSeconds: number;
  /** Days from each failed attempt to the next. */
  retryDays: number[];
  /** What becomes of a subscription after the last attempt. */
  afterRetries: 'canceled' | 'unpaid' | 'past_due';
  /** How long before a renewal `invoice.upcoming` is sent. */
  upcomingDays: number;
  /** Automatic tax by the country of the customer. */
  taxPercent: Record<string, number>;
  /** Refuse meter events older than 35 days or more than 5 minutes ahead, as Stripe does. */
  checkMeterTimes: boolean;
}

const DEFAULTS: Settings = {
  draftSeconds: 3600,
  retryDays: [3, 5, 7],
  afterRetries: 'canceled',
  upcomingDays: 7,
  taxPercent: { DE: 19, FR: 20, GB: 20, US: 0 },
  checkMeterTimes: true,
};

/** One Stripe account in memory: its objects, its clock, and who hears of its events. */
export class Sandbox {
  readonly clock: Clock;
  readonly settings: Settings;
  /** Where its pages are; known when the server listens. */
  origin = '';
  onEvent: (event: StripeEvent) => void = () => undefined;
  /** The API request being answered, which its events name. */
  request: { id: string | null; idempotency_key: string | null } = { id: null, idempotency_key: null };

  readonly customers = new Collection<Customer>('customer');
  readonly paymentMethods = new Collection<PaymentMethod>('PaymentMethod');
  readonly paymentIntents = new Collection<PaymentIntent>('payment_intent');
  readonly products = new Collection<Product>('product');
  readonly prices = new Collection<Price>('price');
  readonly meters = new Collection<Meter>('billing meter');
  readonly coupons = new Collection<Coupon>('coupon');
  readonly promotionCodes = new Collection<PromotionCode>('promotion code');
  readonly discounts = new Collection<Discount>('discount');
  readonly subscriptions = new Collection<Subscription>('subscription');
  readonly invoices = new Collection<Invoice>('invoice');
  readonly invoicePayments = new Collection<InvoicePayment>('invoice_payment');
  readonly pendingItems = new Collection<PendingItem>('invoiceitem');
  readonly checkoutSessions = new Collection<CheckoutSession>('checkout.session');
  readonly portalSessions = new Collection<PortalSession>('billing_portal.session');
  readonly portalConfigurations = new Collection<PortalConfiguration>('configuration');
  readonly events = new Collection<StripeEvent>('event');

  /** What Stripe knows and does not show. */
  readonly checkoutTerms = new Map<string, CheckoutTerms>();
  readonly cardOutcomes = new Map<string, CardOutcome>();
  /** What each subscription item was charged last: its credit is a part of that. */
  readonly debits = new Map<string, Debit>();
  readonly meterEvents: MeterEvent[] = [];
  /** Notices that go out once. */
  readonly noticed = new Set<string>();

  constructor(options: { now?: number; settings?: Partial<Settings> } = {}) {
    this.clock = new Clock(options.now);
    this.settings = { ...DEFAULTS, ...options.settings };
  }

  get now(): number {
    return this.clock.now();
  }

  emit(type: string, object: object, previous?: object): StripeEvent {
    const event = newEvent(this, type, object, previous);
    this.events.add(event);
    this.onEvent(event);
    return event;
  }

  /** Changes an object and tells of it, with what was there before; says nothing when nothing changed. */
  change(object: object, type: string, mutate: () => void): void {
    const before = structuredClone(object);
    mutate();
    const previous = differences(before, object);
    if (Object.keys(previous).length > 0) this.emit(type, object, previous);
  }

  /** Any object by its id, for `expand`. */
  find(id: string): object | undefined {
    const all: { find(id: string): object | undefined }[] = [
      this.customers,
      this.paymentMethods,
      this.paymentIntents,
      this.products,
      this.prices,
      this.coupons,
      this.promotionCodes,
      this.discounts,
      this.subscriptions,
      this.invoices,
      this.portalConfigurations,
    ];
    return all.map((collection) => collection.find(id)).find(Boolean);
  }
}
