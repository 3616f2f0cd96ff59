import { getPool } from '../db.ts';
import { log } from '../log.ts';

const EVERY_MS = 3_000;
/** Workspaces that are counted between two writes; one more and it is written at once. */
const MAX_WORKSPACES = 5_000;
const DAY_MS = 86_400_000;

const home = globalThis as typeof globalThis & { linkflowApiCalls?: ApiCalls };
const calls = (): ApiCalls => (home.linkflowApiCalls ??= new ApiCalls());

/** Counts a call of the API in memory; the row follows within seconds. */
export const countApiCall = (workspaceId: string): void => calls().add(workspaceId);

/** Writes what was counted; for the end of a process, and for whoever reads the rows right away. */
export const flushApiCalls = (): Promise<void> => calls().flush();

/** By workspace and day. A process that dies loses the last seconds: nothing is billed by these. */
class ApiCalls {
  private byKey = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  add(workspaceId: string): void {
    const key = `${workspaceId} ${Math.floor(Date.now() / DAY_MS)}`;
    const known = this.byKey.get(key);
    if (known === undefined && this.byKey.size >= MAX_WORKSPACES) void this.flush();
    this.byKey.set(key, (known ?? 0) + 1);
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const rows = [...this.byKey];
    this.byKey = new Map();
    this.writing = this.writing.then(() => write(rows));
    return this.writing;
  }
}

/** In one order always, so that two processes never wait for each other. */
const ADD = `
insert into workspace_day (workspace_id, day, api_calls)
select c.id, date '1970-01-01' + c.day, c.n from unnest($1::uuid[], $2::int[], $3::int[]) as c(id, day, n) order by 1, 2
on conflict (workspace_id, day) do update set api_calls = workspace_day.api_calls + excluded.api_calls`;

async function write(rows: [string, number][]): Promise<void> {
  if (rows.length === 0) return;
  const keys = rows.map(([key]) => key.split(' '));
  try {
    await getPool().query({
      name: 'count-api-calls',
      text: ADD,
      values: [keys.map(([id]) => id), keys.map(([, day]) => Number(day)), rows.map(([, n]) => n)],
    });
  } catch (error) {
    log.warn({ error: (error as Error).message }, 'counts of API calls are lost');
  }
}
