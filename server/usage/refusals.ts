import type { ExecutionMode } from '#engine/node.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import { overLimit } from '../plans/policy.ts';
import { planOf } from '../plans/schema.ts';
import type { Refusal } from './schema.ts';

/** A caller should not have to wait for weeks before it tries again: somebody may buy more meanwhile. */
const MAX_RETRY_S = 3_600;

/**
 * What the caller of a start is told that a limit refused. Strangers (webhooks, forms, chats) and mailboxes get
 * TOO_MANY_REQUESTS with `retryAfter` and learn nothing of the plan; members get PAYMENT_REQUIRED and what to do.
 */
export async function refusalOf(
  start: { workspaceId: string; mode: ExecutionMode },
  reason: Refusal,
  until: Date | null,
): Promise<AppError> {
  const seconds = until ? Math.ceil((until.getTime() - Date.now()) / 1000) : MAX_RETRY_S;
  const retryAfter = Math.min(Math.max(seconds, 1), MAX_RETRY_S);
  if (reason === 'budget')
    return new AppError('TOO_MANY_REQUESTS', 'The budget of this workflow is used up for this month.', {
      retryAfter,
    });
  if (start.mode !== 'api')
    return new AppError('TOO_MANY_REQUESTS', 'This month’s executions of the workspace are used up.', {
      retryAfter,
    });
  const row = await db().workspace.findUnique({ where: { id: start.workspaceId }, select: { plan: true } });
  const plan = planOf(row?.plan ?? 'free');
  const when = until ? ` New ones come on ${until.toISOString().slice(0, 10)}.` : '';
  return overLimit(plan, 'executionsPerMonth', `This month’s executions are used up.${when}`, { retryAfter });
}
