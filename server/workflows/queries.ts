import type { z } from 'zod';
import { validate } from '#engine/validate.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { latestDefinition, nodeCatalog } from '#nodes/definitions.ts';
import { exportN8n } from '#nodes/n8n-export.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { TriggerType } from '#prisma/generated/enums.ts';
import { type Columnar, columnsOf, db, getPool, limitTo, readColumns } from '../db.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { toTimeText } from '../time-text.ts';
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

/** Times as in JSON of the database. */
interface SummaryRow {
  id: string;
  name: string;
  active: boolean;
  pausedBy: string | null;
  nodeTypes: string[];
  differs: boolean;
  createdAt: string;
  updatedAt: string;
  executionId: string | null;
  status: string | null;
  queuedAt: string | null;
}

const SUMMARY = columnsOf<SummaryRow>({
  id: Prisma.sql`w.id`,
  name: Prisma.sql`w.name`,
  active: Prisma.sql`w.active`,
  pausedBy: Prisma.sql`w.paused_by`,
  nodeTypes: Prisma.sql`w.node_types`,
  differs: Prisma.sql`w.draft_hash is distinct from w.published_hash`,
  createdAt: Prisma.sql`w.created_at`,
  updatedAt: Prisma.sql`w.updated_at`,
  executionId: Prisma.sql`e.id`,
  status: Prisma.sql`coalesce(a.status, e.status)::text`,
  queuedAt: Prisma.sql`e.queued_at`,
});

/** Last changed first unless `sort` says otherwise; one statement finds each workflow's newest execution as well. */
export async function listWorkflows(
  scope: WorkspaceScope,
  filter: z.output<typeof listWorkflowsSchema>,
): Promise<{ data: WorkflowSummary[]; nextCursor: string | null }> {
  const { active, trigger, search, cursor, sort, limit } = filter;
  const conditions = [
    Prisma.sql`w.workspace_id = ${scope.workspaceId}::uuid and w.deleted_at is null`,
    ...(active === undefined ? [] : [Prisma.sql`w.active = ${active}`]),
    ...(trigger === undefined ? [] : [Prisma.sql`w.node_types && ${typesStartedBy(trigger)}::text[]`]),
    ...(search ? [foundBy(scope, search)] : []),
    ...(cursor === undefined ? [] : [afterCursor(sort, cursor)]),
  ];
  const order = orderOf(sort);
  const pageOf = (columns: Prisma.Sql) =>
    Prisma.sql`(select ${columns} from workflow w where ${Prisma.join(conditions, ' and ')}
      order by ${order} ${limitTo(limit + 1)})`;
  // names are looked through in an index alone, and the rows read of those that are found
  const from = search
    ? Prisma.sql`${pageOf(Prisma.sql`w.id`)} f join workflow w on w.id = f.id`
    : Prisma.sql`${pageOf(Prisma.sql`*`)} w`;
  // a lateral index scan per workflow: DISTINCT ON would read every execution of a busy one
  const { count, lists } = await readColumns(
    SUMMARY,
    Prisma.sql`from ${from}
    left join lateral (select x.id, x.status, x.queued_at from execution x
      where x.workspace_id = w.workspace_id and x.workflow_id = w.id order by x.queued_at desc limit 1) e on true
    left join active_execution a on a.execution_id = e.id
    order by ${order}`,
  );
  const data = Array.from({ length: Math.min(count, limit) }, (_, i) => summarise(lists, i));
  const last = data.at(-1);
  return { data, nextCursor: count > limit && last ? cursorAfter(sort, last) : null };
}

/** Field by field, since objects of one known shape are made and turned into JSON several times as fast. */
function summarise(lists: Columnar<SummaryRow>['lists'], i: number): WorkflowSummary {
  const active = lists.active[i]!;
  const nodeTypes = lists.nodeTypes[i]!;
  const pausedBy = lists.pausedBy[i]!;
  const executionId = lists.executionId[i] ?? null;
  return {
    id: lists.id[i]!,
    name: lists.name[i]!,
    active,
    pausedBy: REFUSALS.find((reason) => reason === pausedBy) ?? null,
    liveDiffers: active && lists.differs[i]!,
    nodeTypes,
    triggerTypes: nodeTypes.filter((type) => latestDefinition(type)?.kind === 'trigger'),
    createdAt: toTimeText(lists.createdAt[i]!),
    updatedAt: toTimeText(lists.updatedAt[i]!),
    lastExecution:
      executionId === null
        ? null
        : { id: executionId, status: lists.status[i]!, queuedAt: toTimeText(lists.queuedAt[i]!) },
  };
}

/** A part of the name, or words anywhere in the workflow; of those, the newest thousand are looked through. */
function foundBy(scope: WorkspaceScope, search: string): Prisma.Sql {
  // a select of its own, else every row would turn it into small letters once more
  const pattern = Prisma.sql`(select lower(${`%${search.replace(/[\\%_]/g, '\\$&')}%`}))`;
  const inName = Prisma.sql`w.name_key like ${pattern}`;
  const query = toPrefixQuery(search);
  if (query === null) return inName;
  return Prisma.sql`(${inName} or w.id in (
    select t.id from workflow t where t.workspace_id = ${scope.workspaceId}::uuid and t.deleted_at is null
      and to_tsvector('simple', t.search_text) @@ to_tsquery('simple', ${query})
    order by t.updated_at desc limit 1000))`;
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
