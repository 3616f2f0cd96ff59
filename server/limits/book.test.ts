import { expect, test } from 'vitest';
import { type Demand, LimitBook, type Standing } from './book.ts';
import type { Settle } from './store.ts';

const WINDOW_MS = 60_000;
const demand = (limit: number, who = 'ada'): Demand => ({
  policy: 'reads.user',
  key: `limit:reads.user:${who}`,
  limit,
  windowMs: WINDOW_MS,
});

/** What the table does, without a database; `written` counts rows. */
function sharedTable() {
  const counts = new Map<string, number>();
  const table = {
    written: 0,
    away: false,
    count: (who = 'ada') => counts.get(`limit:reads.user:${who}`) ?? 0,
    settle: (async (uses) => {
      if (table.away) return null;
      table.written += uses.length;
      for (const { key, by } of uses) counts.set(key, (counts.get(key) ?? 0) + by);
      return new Map(uses.map(({ key }) => [key, { count: counts.get(key)!, leftMs: WINDOW_MS }]));
    }) satisfies Settle,
  };
  return table;
}

async function allowedOf(calls: number, take: () => Standing | Promise<Standing>): Promise<number> {
  let allowed = 0;
  for (let n = 0; n < calls; n++) if ((await take()).allowed) allowed++;
  return allowed;
}

test('one process keeps a limit exactly, and says how it stands', async () => {
  const book = new LimitBook(sharedTable().settle);
  expect(await book.take([demand(10)])).toEqual({
    policy: 'reads.user',
    allowed: true,
    limit: 10,
    remaining: 9,
    windowSeconds: 60,
    resetSeconds: 60,
  });
  expect(await allowedOf(50, () => book.take([demand(10)]))).toBe(9);
  expect(await book.take([demand(10)])).toMatchObject({ allowed: false, remaining: 0 });
});

test('four processes together overshoot by a twentieth of the limit each but one, at most', async () => {
  const table = sharedTable();
  const books = Array.from({ length: 4 }, () => new LimitBook(table.settle));
  const allowed = await Promise.all(books.map((book) => allowedOf(2_000, () => book.take([demand(1_000)]))));
  const total = allowed.reduce((a, b) => a + b);
  expect(total).toBeGreaterThanOrEqual(1_000);
  expect(total).toBeLessThanOrEqual(1_150);
});

test('calls that all come at once do not get around the limit', async () => {
  const table = sharedTable();
  const books = [new LimitBook(table.settle), new LimitBook(table.settle)];
  const standings = await Promise.all(
    Array.from({ length: 4_000 }, (_, n) => books[n % 2]!.take([demand(1_000)])),
  );
  expect(standings.filter((s) => s.allowed).length).toBeLessThanOrEqual(1_050);
});

test('a light caller costs no write, a heavy one a write per fortieth of the limit', async () => {
  const table = sharedTable();
  const book = new LimitBook(table.settle);
  await allowedOf(20, () => book.take([demand(1_000)]));
  expect(table.written).toBe(0);
  await allowedOf(980, () => book.take([demand(1_000)]));
  expect(table.written).toBeGreaterThan(10);
  expect(table.written).toBeLessThanOrEqual(40);
});

test('who is refused by one limit uses up none of the others', async () => {
  const book = new LimitBook(sharedTable().settle);
  const both = () => book.take([demand(100, 'workspace'), demand(5)]);
  expect(await allowedOf(50, both)).toBe(5);
  expect(await book.take([demand(100, 'workspace')])).toMatchObject({ remaining: 94 });
});

test('a new window begins when the old one has ended', async () => {
  let now = 0;
  const book = new LimitBook(
    async () => null,
    () => now,
  );
  expect(await allowedOf(20, () => book.take([demand(5)]))).toBe(5);
  now = WINDOW_MS - 1;
  expect(await book.take([demand(5)])).toMatchObject({ allowed: false, resetSeconds: 1 });
  now = WINDOW_MS;
  expect(await book.take([demand(5)])).toMatchObject({ allowed: true, remaining: 4 });
});

test('without a database a process counts alone, and settles what it counted later', async () => {
  let now = 0;
  const table = sharedTable();
  table.away = true;
  const book = new LimitBook(table.settle, () => now);
  expect(await allowedOf(60, () => book.take([demand(100)]))).toBe(60);
  table.away = false;
  now = 2_000;
  expect(await allowedOf(60, () => book.take([demand(100)]))).toBe(40);
  expect(table.count()).toBeGreaterThanOrEqual(95);
});
