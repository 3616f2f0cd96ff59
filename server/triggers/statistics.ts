import { getPool } from '../db.ts';
import { log } from '../log.ts';

/** What became of a call of a webhook. */
export type CallOutcome = 'accepted' | 'repeated' | 'refused';

interface Counts {
  accepted: number;
  repeated: number;
  refused: number;
  lastRefusal: string | null;
  lastAt: number;
}

const EVERY_MS = 3_000;
/** Triggers that are counted between two writes; one more and it is written at once. */
const MAX_TRIGGERS = 5_000;
const MAX_REFUSAL = 300;

const home = globalThis as typeof globalThis & { linkflowCallCounts?: CallCounts };

/** Counts a call in memory; the rows follow within seconds. `refusal` is what a refused caller was told. */
export const countCall = (triggerId: string, outcome: CallOutcome, refusal?: string): void =>
  counts().add(triggerId, outcome, refusal);

/** Writes what was counted; for the end of a process, and for whoever reads the rows right away. */
export const flushCallCounts = (): Promise<void> => counts().flush();

const counts = (): CallCounts => (home.linkflowCallCounts ??= new CallCounts());

/** Calls by day and trigger. What the database does not take in time is given up: counts are worth no memory without end. */
class CallCounts {
  private byKey = new Map<string, Counts>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  add(triggerId: string, outcome: CallOutcome, refusal: string | undefined): void {
    const now = Date.now();
    const key = `${triggerId} ${Math.floor(now / 86_400_000)}`;
    let counted = this.byKey.get(key);
    if (!counted) {
      if (this.byKey.size >= MAX_TRIGGERS) void this.flush();
      counted = { accepted: 0, repeated: 0, refused: 0, lastRefusal: null, lastAt: now };
      this.byKey.set(key, counted);
      this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
    }
    counted[outcome]++;
    counted.lastAt = now;
    if (refusal !== undefined) counted.lastRefusal = refusal.slice(0, MAX_REFUSAL).replaceAll('\0', ' ');
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

/** Triggers that are gone by now are left out. In one order always, so that two processes never wait for each other. */
const ADD = `
insert into trigger_stat (trigger_id, day, accepted, repeated, refused, last_refusal, last_at)
select c.id, date '1970-01-01' + c.day, c.accepted, c.repeated, c.refused, c.refusal, to_timestamp(c.at / 1000.0)
from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::text[], $7::float8[])
  as c(id, day, accepted, repeated, refused, refusal, at)
join "trigger" t on t.id = c.id
order by c.id, c.day
on conflict (trigger_id, day) do update set
  accepted = trigger_stat.accepted + excluded.accepted,
  repeated = trigger_stat.repeated + excluded.repeated,
  refused = trigger_stat.refused + excluded.refused,
  last_refusal = coalesce(excluded.last_refusal, trigger_stat.last_refusal),
  last_at = greatest(excluded.last_at, trigger_stat.last_at)`;

async function write(rows: [string, Counts][]): Promise<void> {
  if (rows.length === 0) return;
  const counted = rows.map(([, row]) => row);
  try {
    await getPool().query({
      name: 'count-calls',
      text: ADD,
      values: [
        rows.map(([key]) => key.split(' ')[0]),
        rows.map(([key]) => Number(key.split(' ')[1])),
        counted.map((row) => row.accepted),
        counted.map((row) => row.repeated),
        counted.map((row) => row.refused),
        counted.map((row) => row.lastRefusal),
        counted.map((row) => row.lastAt),
      ],
    });
  } catch (error) {
    log.warn({ error: (error as Error).message, triggers: rows.length }, 'counts of calls are lost');
  }
}
