import { newId } from '#lib/id.ts';
import { timeItem } from '#nodes/schedule-trigger/execute.ts';
import { nextTime, toCronRules } from '#nodes/schedule-trigger/rules.ts';
import { getPool } from '../db.ts';
import { type ExecutionRow, insertExecutions } from '../executions/insert.ts';
import { log } from '../log.ts';
import { planOf } from '../plans/schema.ts';
import { openPeriods } from '../usage/periods.ts';

/** The first due time after `afterMs` over all rules of a schedule, or null when there is none left. */
export function nextRun(config: Record<string, unknown>, afterMs: number): Date | null {
  const timezone = typeof config.timezone === 'string' ? config.timezone : 'UTC';
  const times = toCronRules(config).flatMap((rule) => {
    try {
      return nextTime(rule, afterMs, timezone) ?? [];
    } catch (error) {
      log.warn({ rule, error: (error as Error).message }, 'schedule rule cannot be read');
      return [];
    }
  });
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** Times of a schedule that are looked at: rules like “at 0 and 1 minutes past nine” have their shortest interval somewhere in them. */
const LOOK_AHEAD = 60;

/** The shortest time between two runs of a schedule among the next ones, in seconds; stops looking at one below `enough`. Infinity for a single run. */
export function shortestInterval(config: Record<string, unknown>, afterMs: number, enough: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  let last = nextRun(config, afterMs);
  for (let i = 0; last && i < LOOK_AHEAD && shortest >= enough; i++) {
    const next = nextRun(config, last.getTime());
    if (next) shortest = Math.min(shortest, (next.getTime() - last.getTime()) / 1000);
    last = next;
  }
  return shortest;
}

interface DueRow {
  id: string;
  workspace_id: string;
  workflow_id: string;
  version_id: string;
  node_id: string;
  config: Record<string, unknown>;
  next_run_at: Date;
  plan: string;
}

/**
 * Starts an execution for every schedule that is due. The rows are locked while the executions are inserted and the next
 * times set, all in one transaction: a tick fires once, however many workers call this, and after a crash either all of it
 * happened or nothing. Times missed while no worker ran give one execution; one that a limit of the plan refuses is listed
 * with the refused starts, and the next time comes.
 */
export const fireDueSchedules = (nowMs: number): Promise<number> => fire(nowMs, true);

async function fire(nowMs: number, mayOpen: boolean): Promise<number> {
  const client = await getPool().connect();
  const withoutMonth: string[] = [];
  try {
    await client.query('begin');
    const { rows } = await client.query<DueRow>(
      `select t.id, t.workspace_id, t.workflow_id, t.version_id, t.node_id, t.config, t.next_run_at, w.plan
       from "trigger" t join workspace w on w.id = t.workspace_id
       where t.active and t.type = 'schedule' and t.next_run_at <= to_timestamp($1 / 1000.0)
       order by t.next_run_at limit 200 for update of t skip locked`,
      [nowMs],
    );
    if (rows.length > 0) {
      // workspace by workspace in one order: their months of usage are locked, as every start does
      rows.sort((a, b) => (a.workspace_id < b.workspace_id ? -1 : 1));
      const outcomes = await insertExecutions(client, rows.map(startOf));
      if (mayOpen)
        withoutMonth.push(
          ...rows.filter((_row, i) => outcomes[i]!.outcome === 'no-period').map((row) => row.workspace_id),
        );
      const fired = rows.map((row, i) => ({ row, started: outcomes[i]!.outcome === 'started' }));
      await client.query(NEXT, [
        rows.map((row) => row.id),
        rows.map((row) => nextRun(row.config, earliest(row, nowMs))),
        fired.map(({ started }) => started),
      ]);
    }
    await client.query(withoutMonth.length > 0 ? 'rollback' : 'commit');
    if (withoutMonth.length === 0) return rows.length;
  } catch (error) {
    await client
      .query('rollback')
      .catch(() => log.warn('rollback of a schedule tick failed; the connection is gone'));
    throw error;
  } finally {
    client.release();
  }
  // in a transaction of its own, for whoever changes a plan locks the workspace before its triggers
  await openPeriods(withoutMonth);
  return fire(nowMs, false);
}

const startOf = (row: DueRow): ExecutionRow => ({
  id: newId(),
  workspaceId: row.workspace_id,
  workflowId: row.workflow_id,
  versionId: row.version_id,
  mode: 'schedule',
  trigger: {
    nodeId: row.node_id,
    items: [{ json: timeItem(row.next_run_at.getTime(), String(row.config.timezone ?? 'UTC')) }],
  },
});

/** After this the next time may come: a plan that became smaller makes what was published before it run less often. */
const earliest = ({ plan, next_run_at }: DueRow, nowMs: number): number =>
  Math.max(nowMs, next_run_at.getTime() + planOf(plan).minScheduleSeconds * 1000 - 1);

const NEXT = `
update "trigger" t set last_run_at = case when n.started then t.next_run_at else t.last_run_at end, next_run_at = n.at
from unnest($1::uuid[], $2::timestamptz[], $3::bool[]) as n(id, at, started) where t.id = n.id`;
