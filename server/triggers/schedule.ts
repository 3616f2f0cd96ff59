import { newId } from '#lib/id.ts';
import { timeItem } from '#nodes/schedule-trigger/execute.ts';
import { nextTime, toCronRules } from '#nodes/schedule-trigger/rules.ts';
import { getPool } from '../db.ts';
import { toJsonb } from '../executions/json.ts';
import { RING } from '../executions/wake.ts';
import { log } from '../log.ts';

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

interface DueRow {
  id: string;
  workspace_id: string;
  workflow_id: string;
  version_id: string;
  node_id: string;
  config: Record<string, unknown>;
  next_run_at: Date;
}

/**
 * Starts an execution for every schedule that is due. The rows are locked while the executions are inserted and the next
 * times set, all in one transaction: a tick fires once, however many workers call this, and after a crash either all of it
 * happened or nothing. Times missed while no worker ran give one execution.
 */
export async function fireDueSchedules(nowMs: number): Promise<number> {
  const client = await getPool().connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<DueRow>(
      `select id, workspace_id, workflow_id, version_id, node_id, config, next_run_at from "trigger"
       where active and type = 'schedule' and next_run_at <= to_timestamp($1 / 1000.0) order by next_run_at limit 200 for update skip locked`,
      [nowMs],
    );
    if (rows.length > 0) {
      const starts = rows.map((row) => ({
        id: newId(),
        row,
        trigger: {
          nodeId: row.node_id,
          items: [{ json: timeItem(row.next_run_at.getTime(), String(row.config.timezone ?? 'UTC')) }],
        },
        next: nextRun(row.config, nowMs),
      }));
      await client.query(FIRE, [
        starts.map((s) => s.id),
        starts.map((s) => s.row.workspace_id),
        starts.map((s) => s.row.workflow_id),
        starts.map((s) => s.row.version_id),
        starts.map((s) => toJsonb(s.trigger)),
        starts.map((s) => s.row.id),
        starts.map((s) => s.next),
      ]);
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client
      .query('rollback')
      .catch(() => log.warn('rollback of a schedule tick failed; the connection is gone'));
    throw error;
  } finally {
    client.release();
  }
}

const FIRE = `
with i as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::timestamptz[])
    as t(id, workspace_id, workflow_id, version_id, trigger, trigger_id, next_run_at)
), e as (
  insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger)
  select id, workspace_id, workflow_id, version_id, 'schedule', trigger::json from i
), a as (
  insert into active_execution (execution_id, workspace_id, workflow_id, tier, priority, concurrency)
  select i.id, i.workspace_id, i.workflow_id, coalesce(v.tier, 'standard'), v.priority, v.concurrency
  from i join workflow_version v on v.id = i.version_id
), t as (
  update "trigger" set last_run_at = "trigger".next_run_at, next_run_at = i.next_run_at from i where "trigger".id = i.trigger_id
)
select ${RING}`;
