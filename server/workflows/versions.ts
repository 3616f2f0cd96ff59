import { hasErrors, validate } from '#engine/validate.ts';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { contentHash, queueColumns } from './policy.ts';

/** The immutable version to run: the published one, or a snapshot of the draft as it is now. Throws for a draft with errors. */
export async function getRunnableVersion(
  scope: WorkspaceScope,
  workflowId: string,
  which: 'draft' | 'published',
): Promise<{ versionId: string; workflow: Workflow }> {
  const row = await db().workflow.findFirst({
    where: { id: workflowId, workspaceId: scope.workspaceId, deletedAt: null },
    select: { draft: true, publishedVersion: { select: { id: true, content: true } } },
  });
  if (!row) throw notFound('workflow');
  if (which === 'published') {
    if (!row.publishedVersion)
      throw new AppError('CONFLICT', 'This workflow has no published version yet. Activate it first.');
    return {
      versionId: row.publishedVersion.id,
      workflow: workflowSchema.parse(row.publishedVersion.content),
    };
  }
  const workflow = workflowSchema.parse(row.draft);
  assertRunnable(workflow);
  return { versionId: await snapshot(db(), workflowId, workflow, scope.userId), workflow };
}

/** Throws BAD_REQUEST with the issue list when the workflow has errors. */
export function assertRunnable(workflow: Workflow): void {
  const issues = validate(workflow, nodeCatalog);
  if (!hasErrors(issues)) return;
  const errors = issues.filter((i) => i.severity === 'error');
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('BAD_REQUEST', `${errors[0]!.message}${more}`, { issues });
}

/** A version with this content; the same content is stored once. */
export async function snapshot(
  tx: Pick<Transaction, 'workflowVersion'>,
  workflowId: string,
  workflow: Workflow,
  userId: string | null,
): Promise<string> {
  const hash = contentHash(workflow);
  const known = await tx.workflowVersion.findFirst({ where: { workflowId, hash }, select: { id: true } });
  if (known) return known.id;
  const id = newId();
  await tx.workflowVersion.create({
    data: {
      id,
      workflowId,
      hash,
      content: workflow as object,
      createdBy: userId,
      ...queueColumns(workflow.settings),
    },
  });
  return id;
}
