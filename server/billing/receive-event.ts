import type Stripe from 'stripe';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError, toProblem } from '../errors.ts';
import { asAppError } from '../http/respond.ts';
import { addJob } from '../queue/add-job.ts';
import { openStripe } from './gateway.ts';

const MAX_BYTES = 1024 * 1024;
/** How old a signature may be: a copy of a call cannot be sent again later. */
const TOLERANCE_S = 300;

/**
 * Answers POST /api/stripe: keeps the event and a job for it, once however often it is sent, and says so at once. 400 for
 * what Stripe did not sign, 404 where plans are not sold.
 */
export async function receiveEvent(request: Request): Promise<Response> {
  try {
    const stripe = await openStripe();
    const body = await readRaw(request);
    const isNew = await keep(verified(stripe, body, request.headers.get('stripe-signature') ?? ''));
    return Response.json({ received: true, new: isNew });
  } catch (error) {
    const { status, body } = toProblem(asAppError(error));
    return Response.json(body, { status });
  }
}

function verified(stripe: Stripe, body: Buffer, signature: string): Stripe.Event {
  try {
    return stripe.webhooks.constructEvent(body, signature, env().STRIPE_WEBHOOK_SECRET!, TOLERANCE_S);
  } catch {
    // whoever sent it learns nothing of what was wrong
    throw new AppError('BAD_REQUEST', 'This event is not signed by Stripe for us.');
  }
}

/** False when it was here before. */
const keep = ({ id, type, created, account, data }: Stripe.Event): Promise<boolean> =>
  db().$transaction(async (tx) => {
    const customerId = customerOf(data.object);
    const isOurs = customerId !== null && tellsOfSubscriptions(type);
    const skipped = account ? 'other-account' : isOurs ? null : 'ignored';
    const added = await tx.$executeRaw`
      insert into stripe_event (id, type, customer_id, created_at, outcome, applied_at)
      values (${id}, ${type}, ${customerId}, to_timestamp(${created}::double precision), ${skipped},
        case when ${skipped}::text is null then null else now() end)
      on conflict (id) do nothing`;
    // one job for all that is new about a customer, however much it is
    if (added > 0 && isOurs && skipped === null)
      await addJob(tx, 'apply-stripe-events', { customerId }, `stripe ${customerId}`);
    return added > 0;
  });

/** Other changes do not concern what a workspace has bought. */
const OURS = /^(?:customer\.subscription\.|checkout\.session\.(?:completed|async_)|customer\.deleted$)/;
const INVOICES = new Set(
  [
    'paid',
    'payment_failed',
    'payment_action_required',
    'finalized',
    'voided',
    'marked_uncollectible',
    'overdue',
  ].map((what) => `invoice.${what}`),
);
const tellsOfSubscriptions = (type: string): boolean => OURS.test(type) || INVOICES.has(type);

function customerOf(object: unknown): string | null {
  const { object: kind, id, customer } = object as { object?: unknown; id?: unknown; customer?: unknown };
  const found =
    kind === 'customer'
      ? id
      : typeof customer === 'object'
        ? (customer as { id?: unknown } | null)?.id
        : customer;
  return typeof found === 'string' ? found : null;
}

/** Byte by byte as it was signed. */
async function readRaw(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new AppError('PAYLOAD_TOO_LARGE', 'No event of Stripe is that large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
