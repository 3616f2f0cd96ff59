import { getPool } from '../db.ts';

/** Counts one attempt under a key and says how many there were in its window of `windowMs`. */
export async function countAttempt(key: string, windowMs: number): Promise<number> {
  const { rows } = await getPool().query<{ count: number }>(
    `insert into attempt as a (key, count, expires_at) values ($1, 1, now() + make_interval(secs => $2))
     on conflict (key) do update set
       count = case when a.expires_at < now() then 1 else a.count + 1 end,
       expires_at = case when a.expires_at < now() then excluded.expires_at else a.expires_at end
     returning count`,
    [key, windowMs / 1000],
  );
  return rows[0]!.count;
}

/** Forgets it; true when it was there and its time was not over. Of two at once, one gets true. */
export async function takeAttempt(key: string): Promise<boolean> {
  const { rowCount } = await getPool().query('delete from attempt where key = $1 and expires_at > now()', [
    key,
  ]);
  return rowCount === 1;
}

export async function forgetAttempts(key: string): Promise<void> {
  await getPool().query('delete from attempt where key = $1', [key]);
}
