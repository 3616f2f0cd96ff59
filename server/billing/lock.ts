import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';

/** First half of the advisory lock; the second is the workspace. */
const LOCK = 4_711_029;
const TIMEOUT_MS = 120_000;

/**
 * A transaction in which nobody else reads or changes the subscription of this workspace, here or in another process.
 * Stripe is called inside it, so that whoever comes later sees later truth. Throws SERVICE_UNAVAILABLE when many wait.
 */
export async function withBillingLock<T>(
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  await enter();
  try {
    return await db().$transaction(
      async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK}::int, hashtext(${workspaceId}))`;
        return work(tx);
      },
      { maxWait: 10_000, timeout: TIMEOUT_MS },
    );
  } finally {
    leave();
  }
}

/** A Stripe that hangs must not hold the connections that everything else of this process needs. */
const PLACES = 3;
const MAX_WAITING = 100;
let taken = 0;
const waiting: (() => void)[] = [];

async function enter(): Promise<void> {
  if (taken < PLACES) {
    taken += 1;
    return;
  }
  if (waiting.length >= MAX_WAITING)
    throw new AppError('SERVICE_UNAVAILABLE', 'Too many people change their plan right now. Try again.', {
      retryAfter: 30,
    });
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else taken -= 1;
}
