import { getPool } from '../db.ts';
import { writeBehind } from '../write-behind.ts';

const DAY_MS = 86_400_000;

/** By workspace and day. Nothing is billed by these. */
const calls = writeBehind<{ count: number }>({
  name: 'counts of API calls',
  everyMs: 3_000,
  maxEntries: 5_000,
  write,
});

/** Counts a call of the API in memory; the row follows within seconds. */
export function countApiCall(workspaceId: string): void {
  calls.at(`${workspaceId} ${Math.floor(Date.now() / DAY_MS)}`, () => ({ count: 0 })).count++;
}

/** Writes what was counted, for whoever reads the rows right away. */
export const flushApiCalls = (): Promise<void> => calls.flush();

/** In one order always, so that two processes never wait for each other. */
const ADD = `
insert into workspace_day (workspace_id, day, api_calls)
select c.id, date '1970-01-01' + c.day, c.n from unnest($1::uuid[], $2::int[], $3::int[]) as c(id, day, n) order by 1, 2
on conflict (workspace_id, day) do update set api_calls = workspace_day.api_calls + excluded.api_calls`;

async function write(entries: [string, { count: number }][]): Promise<void> {
  const keys = entries.map(([key]) => key.split(' '));
  const counts = entries.map(([, { count }]) => count);
  await getPool().query({
    name: 'count-api-calls',
    text: ADD,
    values: [keys.map(([id]) => id), keys.map(([, day]) => Number(day)), counts],
  });
}
