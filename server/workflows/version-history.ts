import { workflowSchema } from '#engine/workflow.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { saveDraft } from './commands.ts';
import { getWorkflow } from './queries.ts';
import type { Version, WorkflowDetail } from './schema.ts';

const SHOWN = { id: true, number: true, message: true, createdAt: true, createdBy: true } as const;

/** Published versions, newest first; `cursor` is the number that the last page ended with. Throws NOT_FOUND. */
export async function listVersions(
  scope: WorkspaceScope,
  { id, limit, cursor }: { id: string; limit: number; cursor?: number | undefined },
): Promise<{ data: Version[]; nextCursor: string | null }> {
  const workflow = await db().workflow.findFirst({
    where: { id, workspaceId: scope.workspaceId, deletedAt: null },
    select: { publishedVersionId: true },
  });
  if (!workflow) throw notFound('workflow');
  const rows = await db().workflowVersion.findMany({
    where: { workflowId: id, number: cursor === undefined ? { not: null } : { lt: cursor } },
    orderBy: { number: 'desc' },
    take: limit + 1,
    select: SHOWN,
  });
  const page = rows.slice(0, limit);
  const people = await db().user.findMany({
    where: { id: { in: page.flatMap(({ createdBy }) => createdBy ?? []) } },
    select: { id: true, name: true },
  });
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      ...row,
      number: row.number ?? 0,
      createdBy: people.find((person) => person.id === row.createdBy) ?? null,
      current: row.id === workflow.publishedVersionId,
    })),
    nextCursor: rows.length > limit && last ? String(last.number) : null,
  };
}

/** A published version with its file. Throws NOT_FOUND. */
export async function getVersion(
  scope: WorkspaceScope,
  { id, number }: { id: string; number: number },
): Promise<Version & { workflow: WorkflowDetail['draft'] }> {
  const { data } = await listVersions(scope, { id, limit: 1, cursor: number + 1 });
  const [version] = data;
  if (version?.number !== number) throw notFound('version');
  const { content } = await db().workflowVersion.findUniqueOrThrow({
    where: { id: version.id },
    select: { content: true },
  });
  return { ...version, workflow: workflowSchema.parse(content) };
}

/** Makes a published version the draft again; what is live stays. Throws NOT_FOUND, CONFLICT for another `revision`. */
export async function restoreVersion(
  scope: WorkspaceScope,
  { id, number, revision }: { id: string; number: number; revision?: number | undefined },
): Promise<WorkflowDetail> {
  const current = await getWorkflow(scope, id);
  if (revision !== undefined && revision !== current.revision)
    throw new AppError('CONFLICT', 'Someone else saved this workflow meanwhile.', {
      revision: current.revision,
    });
  const { workflow } = await getVersion(scope, { id, number });
  await saveDraft(scope, { id, draft: workflow, revision: current.revision });
  return getWorkflow(scope, id);
}
