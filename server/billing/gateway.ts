import type Stripe from 'stripe';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';

/** Whether plans are sold here at all. */
export const isBillingConfigured = (): boolean => env().STRIPE_SECRET_KEY !== undefined;

/** One call, with its second try, ends well before a person gives up and before a transaction around it does. */
const TIMEOUT_MS = 8_000;
const RETRIES = 1;

let client: Promise<Stripe> | undefined;

/** The client of Stripe. Throws NOT_FOUND where plans are not sold. Loaded when it is needed: most installations never do. */
export function openStripe(): Promise<Stripe> {
  if (!isBillingConfigured()) return Promise.reject(new AppError('NOT_FOUND', 'Plans are not sold here.'));
  client ??= load();
  return client;
}

async function load(): Promise<Stripe> {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: address } = env();
  const { default: StripeClient } = await import('stripe');
  const url = address === undefined ? null : new URL(address);
  return new StripeClient(key!, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    appInfo: { name: 'LinkFlow' },
    ...(url && {
      host: url.hostname,
      protocol: url.protocol === 'http:' ? 'http' : 'https',
      ...(url.port && { port: Number(url.port) }),
    }),
  });
}

/** Work with Stripe, whose errors become ours: SERVICE_UNAVAILABLE when it is away, UNPROCESSABLE_CONTENT for a refused card. */
export async function withStripe<T>(work: (stripe: Stripe) => Promise<T>): Promise<T> {
  const stripe = await openStripe();
  try {
    return await work(stripe);
  } catch (error) {
    throw inOurWords(error);
  }
}

/** `type` and `code` of an error of Stripe; undefined for any other. */
export function stripeErrorOf(error: unknown): { type: string; code?: string; message: string } | undefined {
  const { type } = (error ?? {}) as { type?: unknown };
  return error instanceof Error && typeof type === 'string' && type.startsWith('Stripe')
    ? (error as Error & { type: string; code?: string })
    : undefined;
}

/** There is no such object there (any more). */
export const isMissing = (error: unknown): boolean => stripeErrorOf(error)?.code === 'resource_missing';

const AWAY = new Set(['StripeConnectionError', 'StripeAPIError', 'StripeRateLimitError']);
const REFUSED_US = new Set(['StripeAuthenticationError', 'StripePermissionError']);

function inOurWords(error: unknown): unknown {
  const known = stripeErrorOf(error);
  if (!known) return error;
  if (known.type === 'StripeCardError')
    return new AppError(
      'UNPROCESSABLE_CONTENT',
      `The payment was refused: ${known.message} Nothing has changed. Try again with another card.`,
    );
  if (REFUSED_US.has(known.type)) log.error({ error: known.message }, 'Stripe refuses our key');
  if (AWAY.has(known.type) || REFUSED_US.has(known.type))
    return new AppError(
      'SERVICE_UNAVAILABLE',
      'Our payment provider does not answer at the moment. Try again in a minute.',
      { retryAfter: 60 },
    );
  return error;
}
