import { Prisma } from '#prisma/generated/client.ts';
import { db } from '../db.ts';
import type { TriggerData } from '../executions/accept.ts';
import { listSummaries } from '../executions/queries.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { DeadLetterFilter, DeadLetterGroup, WhichDeadLetters } from './schema.ts';

/** Exactly the predicate of the index `execution_dead_letters`. What people start by hand they see fail. */
const DEAD = Prisma.sql`e.status in ('failed', 'timeout') and e.mode <> 'manual' and e.handled_at is null`;
/** A sub-workflow that made its parent fail is not listed beside it: retrying both would run it twice. */
const TOPMOST = Prisma.sql`not exists (select 1 from execution p where p.id = e.parent_id and p.status in ('failed', 'timeout'))`;
const MAX_GROUPS = 100;

const matching = (scope: WorkspaceScope, filter: DeadLetterFilter) => [
  Prisma.sql`e.workspace_id = ${scope.workspaceId}::uuid`,
  DEAD,
  TOPMOST,
  ...(filter.workflowId ? [Prisma.sql`e.workflow_id = ${filter.workflowId}::uuid`] : []),
  ...(filter.before ? [Prisma.sql`e.queued_at < ${filter.before}`] : []),
  ...(filter.message === undefined ? [] : [Prisma.sql`e.error ->> 'message' = ${filter.message}`]),
];

/** Newest first, by when they were queued. */
export const listDeadLetters = (
  scope: WorkspaceScope,
  { limit, cursor, ...filter }: DeadLetterFilter & { limit: number; cursor?: string },
) => listSummaries(matching(scope, filter), limit, cursor);

/** What is there, by workflow and message: the usual question is not which one failed but what fails. */
export async function groupDeadLetters(scope: WorkspaceScope): Promise<DeadLetterGroup[]> {
  return await db().$queryRaw<DeadLetterGroup[]>`
    select g.*, coalesce(w.name, 'Deleted workflow') as "workflowName" from (
      select e.workflow_id as "workflowId", coalesce(e.error ->> 'kind', 'bug') as kind, coalesce(e.error ->> 'message', '') as message,
        count(*)::int as count, max(e.finished_at) as "newestAt"
      from execution e where ${Prisma.join(matching(scope, {}), ' and ')}
      group by 1, 2, 3 order by count desc limit ${MAX_GROUPS}) g
    left join workflow w on w.id = g."workflowId" order by g.count desc, g."newestAt" desc`;
}

export async function countDeadLetters(scope: WorkspaceScope): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from execution e where ${Prisma.join(matching(scope, {}), ' and ')}`;
  return rows[0]?.count ?? 0;
}

export interface DeadLetter {
  id: string;
  workflowId: string;
  versionId: string;
  trigger: TriggerData;
}

/** Those that are meant, oldest first, with what a retry needs. */
export const findDeadLetters = (
  scope: WorkspaceScope,
  which: WhichDeadLetters,
  limit: number,
): Promise<DeadLetter[]> => db().$queryRaw<DeadLetter[]>`
    select e.id, e.workflow_id as "workflowId", e.version_id as "versionId", e.trigger from execution e
    where ${Prisma.join(conditionsOf(scope, which), ' and ')} order by e.queued_at, e.id limit ${limit}`;

/** Conditions for the dead letters that are meant. */
export const conditionsOf = (scope: WorkspaceScope, which: WhichDeadLetters) =>
  'ids' in which
    ? [...matching(scope, {}), Prisma.sql`e.id = any(${which.ids}::uuid[])`]
    : matching(scope, which.filter);
