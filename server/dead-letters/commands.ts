import { Prisma } from '#prisma/generated/client.ts';
import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { idFromKey } from '../executions/id-from-key.ts';
import { readEventsOf } from '../executions/journal.ts';
import { acceptRetry } from '../executions/retry.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getRunnableVersion } from '../workflows/versions.ts';
import { conditionsOf, findDeadLetters } from './queries.ts';
import { MAX_HANDLED_AT_ONCE, type WhichDeadLetters } from './schema.ts';

interface Handled {
  handled: number;
  left: number;
}

/**
 * Retries many at once. Each retry has an id made from that of its dead letter: pressed twice, or tried again after a
 * crash between the retries and the mark, it is still retried once.
 */
export async function retryDeadLetters(
  scope: WorkspaceScope,
  { which, from, version }: { which: WhichDeadLetters; from: 'start' | 'failed'; version: 'same' | 'draft' },
): Promise<Handled> {
  const until = upTo(which, new Date());
  const letters = await findDeadLetters(scope, until, MAX_HANDLED_AT_ONCE);
  const drafts =
    version === 'draft' ? await draftsOf(scope, new Set(letters.map((l) => l.workflowId))) : null;
  const events = from === 'failed' ? await readEventsOf(letters.map((l) => l.id)) : null;
  await Promise.all(
    letters.map((letter) =>
      acceptRetry(scope, letter, {
        id: idFromKey(`retry:${letter.id}`),
        versionId: drafts?.get(letter.workflowId) ?? letter.versionId,
        ...(events ? { events: events.get(letter.id) ?? [] } : {}),
      }),
    ),
  );
  return mark(scope, until, letters, 'dead-letters.retry');
}

/** Takes them off the list; the executions stay as they are. */
export async function dismissDeadLetters(scope: WorkspaceScope, which: WhichDeadLetters): Promise<Handled> {
  return mark(scope, which, await findDeadLetters(scope, which, MAX_HANDLED_AT_ONCE), 'dead-letters.dismiss');
}

/** What a retry started and that failed at once is not of this call, nor counted as left. */
const upTo = (which: WhichDeadLetters, now: Date): WhichDeadLetters =>
  'ids' in which ? which : { filter: { ...which.filter, before: which.filter.before ?? now } };

/** Drafts by workflow; those of deleted workflows are missing, and their executions go on as they were. */
async function draftsOf(scope: WorkspaceScope, workflowIds: Set<string>): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  for (const id of workflowIds) {
    const draft = await getRunnableVersion(scope, id, 'draft').catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (draft) versions.set(id, draft.versionId);
  }
  return versions;
}

async function mark(
  scope: WorkspaceScope,
  which: WhichDeadLetters,
  letters: readonly { id: string }[],
  action: 'dead-letters.retry' | 'dead-letters.dismiss',
): Promise<Handled> {
  const handled = await db().$transaction(async (tx) => {
    const { count } = await tx.execution.updateMany({
      where: { id: { in: letters.map((l) => l.id) }, workspaceId: scope.workspaceId, handledAt: null },
      data: { handledAt: new Date() },
    });
    if (count > 0) await audit(tx, scope, { action, after: { count, which } });
    return count;
  });
  return { handled, left: letters.length < MAX_HANDLED_AT_ONCE ? 0 : await countLeft(db(), scope, which) };
}

async function countLeft(
  tx: Pick<Transaction, '$queryRaw'>,
  scope: WorkspaceScope,
  which: WhichDeadLetters,
): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from execution e where ${Prisma.join(conditionsOf(scope, which), ' and ')}`;
  return rows[0]?.count ?? 0;
}
