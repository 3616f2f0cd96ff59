import { getPool } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';

/** How old what we know of the queue may be; a limit is overshot by what arrives in this time. */
const FRESH_MS = 1_000;

interface QueueLengths {
  total: number;
  byWorkspace: ReadonlyMap<string, number>;
}

/**
 * Refuses starts while the queue is too long, so that a flood is told to slow down instead of being stored. Lengths are
 * counted once a second at most, in the background, and only while starts arrive.
 */
export class BackPressure {
  private lengths: QueueLengths = { total: 0, byWorkspace: new Map() };
  private countedAt = 0;
  private counting = false;

  /** Throws SERVICE_UNAVAILABLE with `retryAfter` (seconds). */
  assertTakes(workspaceId: string): void {
    if (Date.now() - this.countedAt > FRESH_MS) void this.count();
    const { LINKFLOW_MAX_QUEUED, LINKFLOW_MAX_QUEUED_PER_WORKSPACE } = env();
    if (this.lengths.total >= LINKFLOW_MAX_QUEUED) throw full('The queue is full.');
    if ((this.lengths.byWorkspace.get(workspaceId) ?? 0) >= LINKFLOW_MAX_QUEUED_PER_WORKSPACE)
      throw full('Too many executions of this workspace wait already.');
  }

  private async count(): Promise<void> {
    if (this.counting) return;
    this.counting = true;
    try {
      const { rows } = await getPool().query<{ workspace_id: string; queued: number }>({
        name: 'queue-lengths',
        text: `select workspace_id, count(*)::int as queued from active_execution where status = 'queued' group by 1`,
      });
      this.lengths = {
        total: rows.reduce((sum, row) => sum + row.queued, 0),
        byWorkspace: new Map(rows.map((row) => [row.workspace_id, row.queued])),
      };
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'could not count the queue'); // the start itself will tell
    } finally {
      this.countedAt = Date.now();
      this.counting = false;
    }
  }
}

const full = (why: string) =>
  new AppError('SERVICE_UNAVAILABLE', `${why} Try again in a moment.`, { retryAfter: 5 });
