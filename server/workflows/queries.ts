import { validate } from '#engine/validate.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { latestDefinition, nodeCatalog } from '#nodes/definitions.ts';
import { exportN8n } from '#nodes/n8n-export.ts';
import type { TriggerType } from '#prisma/generated/enums.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import { fileNameOf, toFileText } from './policy.ts';
import type { Exported, ExportFormat, WorkflowDetail, WorkflowSummary } from './schema.ts';
import { toPrefixQuery } from './search.ts';

const live = { deletedAt: null } as const;

/** Last changed first. One extra query for the whole page finds each workflow's newest execution. */
export async function listWorkflows(
  scope: WorkspaceScope,
  filter: { search?: string; active?: boolean; limit: number; cursor?: string },
): Promise<{ data: WorkflowSummary[]; nextCursor: string | null }> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await db().workflow.findMany({
    where: {
      ...live,
      workspaceId: scope.workspaceId,
      ...(filter.active === undefined ? {} : { active: filter.active }),
      ...(filter.search ? await foundBy(scope, filter.search) : {}),
      ...(after
        ? { OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }] }
        : {}),
    },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: filter.limit + 1,
    select: {
      id: true,
      name: true,
      active: true,
      nodeTypes: true,
      draftHash: true,
      publishedHash: true,
      createdAt: true,
      updatedAt: true,
    },
  });
  const page = rows.slice(0, filter.limit);
  const newest = await newestExecutions(
    scope,
    page.map((w) => w.id),
  );
  const last = page.at(-1);
  return {
    data: page.map(({ draftHash, publishedHash, ...row }) => ({
      ...row,
      liveDiffers: row.active && draftHash !== publishedHash,
      triggerTypes: row.nodeTypes.filter((type) => latestDefinition(type)?.kind === 'trigger'),
      lastExecution: newest.get(row.id) ?? null,
    })),
    nextCursor: rows.length > filter.limit && last ? encodeCursor({ at: last.updatedAt, id: last.id }) : null,
  };
}

/** A part of the name, or words anywhere in the workflow; the newest thousand that fit are looked through. */
async function foundBy(scope: WorkspaceScope, search: string) {
  const inName = { name: { contains: search, mode: 'insensitive' as const } };
  const query = toPrefixQuery(search);
  if (query === null) return inName;
  const rows = await db().$queryRaw<{ id: string }[]>`
    select id from workflow where workspace_id = ${scope.workspaceId}::uuid and deleted_at is null
      and to_tsvector('simple', search_text) @@ to_tsquery('simple', ${query})
    order by updated_at desc limit 1000`;
  return { AND: [{ OR: [inName, { id: { in: rows.map(({ id }) => id) } }] }] };
}

async function newestExecutions(scope: WorkspaceScope, workflowIds: string[]) {
  if (workflowIds.length === 0) return new Map<string, NonNullable<WorkflowSummary['lastExecution']>>();
  // a lateral index scan per id: DISTINCT ON would read every execution of a busy workflow
  const rows = await db().$queryRaw<{ workflow_id: string; id: string; status: string; queued_at: Date }[]>`
    select w.id as workflow_id, e.id, coalesce(a.status, e.status)::text as status, e.queued_at
    from unnest(${workflowIds}::uuid[]) as w(id)
    join lateral (select id, status, queued_at from execution
      where workspace_id = ${scope.workspaceId}::uuid and workflow_id = w.id order by queued_at desc limit 1) e on true
    left join active_execution a on a.execution_id = e.id`;
  return new Map(rows.map((r) => [r.workflow_id, { id: r.id, status: r.status, queuedAt: r.queued_at }]));
}

/** Throws NOT_FOUND for a workflow of another workspace as for none. */
export async function getWorkflow(scope: WorkspaceScope, id: string): Promise<WorkflowDetail> {
  const row = await db().workflow.findFirst({
    where: { ...live, id, workspaceId: scope.workspaceId },
    select: {
      id: true,
      name: true,
      draft: true,
      draftHash: true,
      revision: true,
      active: true,
      createdAt: true,
      updatedAt: true,
      publishedHash: true,
      publishedVersion: { select: { id: true, number: true, message: true, createdAt: true } },
      triggers: { select: { nodeId: true, type: true, endpointId: true, active: true, nextRunAt: true } },
    },
  });
  if (!row) throw notFound('workflow');
  const draft = workflowSchema.parse(row.draft);
  const { publishedVersion: published } = row;
  return {
    id: row.id,
    name: row.name,
    draft,
    revision: row.revision,
    active: row.active,
    liveDiffers: row.active && row.draftHash !== row.publishedHash,
    publishedVersion: published
      ? {
          id: published.id,
          number: published.number ?? 0,
          message: published.message,
          createdAt: published.createdAt,
        }
      : null,
    triggers: row.triggers.map((t) => ({
      nodeId: t.nodeId,
      type: t.type,
      active: t.active,
      ...(t.endpointId ? { url: endpointUrl(t.type, t.endpointId) } : {}),
      ...(t.type === 'schedule' ? { nextRunAt: t.nextRunAt } : {}),
    })),
    issues: validate(draft, nodeCatalog),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const endpointUrl = (type: TriggerType, endpointId: string): string =>
  `${env().APP_URL}/${PLACES[type] ?? 'webhooks'}/${endpointId}`;
const PLACES: Partial<Record<TriggerType, string>> = { form: 'forms', chat: 'chat' };

/** The draft as a file of ours, or one for n8n with a report of what it says differently. */
export async function exportWorkflow(
  scope: WorkspaceScope,
  id: string,
  format: ExportFormat,
): Promise<Exported> {
  const { draft } = await getWorkflow(scope, id);
  if (format === 'n8n') {
    const { file, report } = exportN8n(draft);
    return {
      text: `${JSON.stringify(file, null, 2)}\n`,
      fileName: fileNameOf(draft.name, 'n8n.json'),
      report,
    };
  }
  return { text: toFileText(draft, format), fileName: fileNameOf(draft.name, format) };
}
