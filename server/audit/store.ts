import { newId } from '#lib/id.ts';
import type { Transaction } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';

/** Records who did what, in the transaction of the change itself: no change without its entry, no entry without a change. */
export async function audit(
  tx: Transaction,
  scope: Pick<WorkspaceScope, 'workspaceId' | 'userId'>,
  entry: { action: `${string}.${string}`; subjectId?: string; before?: object; after?: object },
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      workspaceId: scope.workspaceId,
      userId: scope.userId,
      action: entry.action,
      subjectId: entry.subjectId ?? null,
      ...(entry.before ? { before: entry.before } : {}),
      ...(entry.after ? { after: entry.after } : {}),
    },
  });
}
