import { getPool } from '../db.ts';
import { log } from '../log.ts';

interface Use {
  key: string;
  by: number;
  windowMs: number;
}
interface Shared {
  /** What all processes have used in the window. */
  count: number;
  leftMs: number;
}
/** Adds what was used; the shared counts by key, or null when the database does not answer. */
export type Settle = (uses: readonly Use[]) => Promise<ReadonlyMap<string, Shared> | null>;

/** A statement that waits for its turn longer than this is given up: a limit must not make calls slow. */
const PATIENCE_MS = 2_000;

/** Settles with the table `attempt`, in one statement. Rows are sorted, so that processes cannot wait for each other. */
export const settleInDatabase: Settle = async (uses) => {
  const sorted = [...uses].sort((a, b) => (a.key < b.key ? -1 : 1));
  try {
    const { rows } = await inTime(
      getPool().query<{ key: string; count: number; left_ms: number }>({
        name: 'settle-limits',
        text: `insert into attempt as a (key, count, expires_at)
          select key, used, now() + make_interval(secs => window_ms / 1000)
            from unnest($1::text[], $2::int[], $3::float8[]) as use (key, used, window_ms)
          on conflict (key) do update set
            count = case when a.expires_at <= now() then excluded.count else a.count + excluded.count end,
            expires_at = case when a.expires_at <= now() then excluded.expires_at else a.expires_at end
          returning key, count, (extract(epoch from expires_at - now()) * 1000)::float8 as left_ms`,
        values: [sorted.map((u) => u.key), sorted.map((u) => u.by), sorted.map((u) => u.windowMs)],
      }),
    );
    return new Map(rows.map((row) => [row.key, { count: row.count, leftMs: row.left_ms }]));
  } catch (error) {
    log.warn({ error: (error as Error).message }, 'could not settle rate limits; counting alone');
    return null;
  }
};

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database is slow')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
