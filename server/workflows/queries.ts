import type { z } from 'zod';
import { validate } from '#engine/validate.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { latestDefinition, nodeCatalog } from '#nodes/definitions.ts';
import { exportN8n } from '#nodes/n8n-export.ts';
import type { TriggerType } from '#prisma/generated/enums.ts';
import { db, getPool } from '../db.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { addressOf } from '../triggers/queries.ts';
import { REFUSALS } from '../usage/schema.ts';
import { afterCursor, cursorAfter, orderOf, typesStartedBy } from './list-order.ts';
import { fileNameOf, toFileText } from './policy.ts';
import type {
  Exported,
  ExportFormat,
  listWorkflowsSchema,
  WorkflowDetail,
  WorkflowSummary,
} from './schema.ts';
import { toPrefixQuery } from './search.ts';

const live = { deletedAt: null } as const;

/** Last changed first unless `sort` says otherwise. One extra query for the whole page finds each workflow's newest execution. */
export async function listWorkflows(
  scope: WorkspaceScope,
  filter: z.output<typeof listWorkflowsSchema>,
): Promise<{ data: WorkflowSummary[]; nextCursor: string | null }> {
  const rows = await db().workflow.findMany({
    where: {
      ...live,
      workspaceId: scope.workspaceId,
      ...(filter.active === undefined ? {} : { active: filter.active }),
      ...(filter.trigger === undefined ? {} : { nodeTypes: { hasSome: typesStartedBy(filter.trigger) } }),
      ...(filter.search ? await foundBy(scope, filter.search) : {}),
      ...(filter.cursor === undefined ? {} : afterCursor(filter.sort, filter.cursor)),
    },
    orderBy: orderOf(filter.sort),
    take: filter.limit + 1,
    select: {
      id: true,
      name: true,
      active: true,
      pausedBy: true,
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
    data: page.map(({ draftHash, publishedHash, pausedBy, ...row }) => ({
      ...row,
      pausedBy: REFUSALS.find((reason) => reason === pausedBy) ?? null,
      liveDiffers: row.active && draftHash !== publishedHash,
      triggerTypes: row.nodeTypes.filter((type) => latestDefinition(type)?.kind === 'trigger'),
      lastExecution: newest.get(row.id) ?? null,
    })),
    nextCursor: rows.length > filter.limit && last ? cursorAfter(filter.sort, last) : null,
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
  const { rows } = await getPool().query<{
    workflow_id: string;
    id: string;
    status: string;
    queued_at: Date;
  }>({
    name: 'newest-executions',
    text: `select w.id as workflow_id, e.id, coalesce(a.status, e.status)::text as status, e.queued_at
           from unnest($1::uuid[]) as w(id)
           join lateral (select id, status, queued_at from execution
             where workspace_id = $2 and workflow_id = w.id order by queued_at desc limit 1) e on true
           left join active_execution a on a.execution_id = e.id`,
    values: [workflowIds, scope.workspaceId],
  });
  return new Map(rows.map((r) => [r.workflow_id, { id: r.id, status: r.status, queuedAt: r.queued_at }]));
}

/** Throws NOT_FOUND for a workflow of another workspace as for none. */
export async function assertWorkflow(scope: WorkspaceScope, id: string): Promise<void> {
  const row = await db().workflow.findFirst({
    where: { ...live, id, workspaceId: scope.workspaceId },
    select: { id: true },
  });
  if (!row) throw notFound('workflow');
}

/** The draft with its problems and triggers. Throws NOT_FOUND for a workflow of another workspace as for none. */
export async function getWorkflow(scope: WorkspaceScope, id: string): Promise<WorkflowDetail> {
  // one statement: the editor and every change of a workflow begin with it
  const { rows } = await getPool().query<DetailRow>({
    name: 'get-workflow',
    text: `select w.id, w.name, w.draft, w.draft_hash as "draftHash", w.revision, w.active, w.created_at as "createdAt",
             w.updated_at as "updatedAt", w.published_hash as "publishedHash",
             v.id as "versionId", v.number, v.message, v.created_at as "publishedAt",
             (select json_agg(json_build_object('nodeId', t.node_id, 'type', t.type, 'endpointId', t.endpoint_id, 'path', t.config #>> '{options,path}',
                'active', t.active, 'nextRunAt', t.next_run_at)) from trigger t where t.workflow_id = w.id) as triggers
           from workflow w left join workflow_version v on v.id = w.published_version_id
           where w.id = $1 and w.workspace_id = $2 and w.deleted_at is null`,
    values: [id, scope.workspaceId],
  });
  const [row] = rows;
  if (!row) throw notFound('workflow');
  const draft = workflowSchema.parse(row.draft);
  return {
    id: row.id,
    name: row.name,
    draft,
    revision: row.revision,
    active: row.active,
    liveDiffers: row.active && row.draftHash !== row.publishedHash,
    publishedVersion: row.versionId
      ? { id: row.versionId, number: row.number ?? 0, message: row.message!, createdAt: row.publishedAt! }
      : null,
    triggers: (row.triggers ?? []).map((t) => ({
      nodeId: t.nodeId,
      type: t.type,
      active: t.active,
      ...(t.endpointId ? { url: addressOf(t.type, t.endpointId, { options: { path: t.path } }) } : {}),
      ...(t.type === 'schedule' ? { nextRunAt: t.nextRunAt === null ? null : new Date(t.nextRunAt) } : {}),
    })),
    issues: validate(draft, nodeCatalog),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

interface DetailRow {
  id: string;
  name: string;
  draft: unknown;
  draftHash: string;
  revision: number;
  active: boolean;
  createdAt: Date;
  updatedAt: Date;
  publishedHash: string | null;
  versionId: string | null;
  number: number | null;
  message: string | null;
  publishedAt: Date | null;
  triggers:
    | {
        nodeId: string;
        type: TriggerType;
        endpointId: string | null;
        /** What a webhook has below its address. */
        path: string | null;
        active: boolean;
        /** In ISO form. */
        nextRunAt: string | null;
      }[]
    | null;
}

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
