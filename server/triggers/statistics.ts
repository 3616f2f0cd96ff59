import { getPool } from '../db.ts';
import { writeBehind } from '../write-behind.ts';

/** What became of a call of a webhook. */
export type CallOutcome = 'accepted' | 'repeated' | 'refused';

interface Counts {
  accepted: number;
  repeated: number;
  refused: number;
  lastRefusal: string | null;
  lastAt: number;
}

const MAX_REFUSAL = 300;
const DAY_MS = 86_400_000;

/** By trigger and day. */
const counts = writeBehind<Counts>({
  name: 'counts of calls',
  everyMs: 3_000,
  maxEntries: 5_000,
  write,
});

/** Counts a call in memory; the rows follow within seconds. `refusal` is what a refused caller was told. */
export function countCall(triggerId: string, outcome: CallOutcome, refusal?: string): void {
  const now = Date.now();
  const counted = counts.at(`${triggerId} ${Math.floor(now / DAY_MS)}`, () => ({
    accepted: 0,
    repeated: 0,
    refused: 0,
    lastRefusal: null,
    lastAt: now,
  }));
  counted[outcome]++;
  counted.lastAt = now;
  if (refusal !== undefined) counted.lastRefusal = refusal.slice(0, MAX_REFUSAL).replaceAll('\0', ' ');
}

/** Writes what was counted, for whoever reads the rows right away. */
export const flushCallCounts = (): Promise<void> => counts.flush();

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

async function write(entries: [string, Counts][]): Promise<void> {
  const keys = entries.map(([key]) => key.split(' '));
  const counted = entries.map(([, row]) => row);
  await getPool().query({
    name: 'count-calls',
    text: ADD,
    values: [
      keys.map(([id]) => id),
      keys.map(([, day]) => Number(day)),
      counted.map((row) => row.accepted),
      counted.map((row) => row.repeated),
      counted.map((row) => row.refused),
      counted.map((row) => row.lastRefusal),
      counted.map((row) => row.lastAt),
    ],
  });
}
