import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { log } from './log.ts';
import { WriteBehind } from './write-behind.ts';

beforeEach(() => {
  vi.useFakeTimers();
  log.level = 'silent'; // failures are on purpose
});
afterEach(() => {
  vi.useRealTimers();
});

interface Counted {
  n: number;
}

/** Counts by key; the first `failures` writes fail. */
function counter(options: { maxEntries?: number; keeps?: boolean; failures?: number } = {}) {
  const written: [string, number][][] = [];
  let { failures = 0 } = options;
  const behind = new WriteBehind<Counted>({
    name: 'counts',
    everyMs: 1000,
    maxEntries: options.maxEntries ?? 100,
    keeps: options.keeps ?? false,
    async write(entries) {
      if (failures-- > 0) throw new Error('away');
      written.push(entries.map(([key, { n }]) => [key, n]));
    },
  });
  const count = (key: string) => behind.at(key, () => ({ n: 0 })).n++;
  return { behind, written, count };
}

test('gathers by key and writes everything together a little later', async () => {
  const { written, count } = counter();
  for (const key of ['a', 'b', 'a', 'a']) count(key);
  await vi.advanceTimersByTimeAsync(999);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([
    [
      ['a', 3],
      ['b', 1],
    ],
  ]);
  count('a');
  await vi.advanceTimersByTimeAsync(1000);
  expect(written[1]).toEqual([['a', 1]]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(written).toHaveLength(2);
});

test('writes at once what is more than may wait', async () => {
  const { written, count } = counter({ maxEntries: 2 });
  for (const key of ['a', 'b', 'c']) count(key);
  await vi.advanceTimersByTimeAsync(0);
  expect(written).toEqual([
    [
      ['a', 1],
      ['b', 1],
    ],
  ]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written[1]).toEqual([['c', 1]]);
});

test('gives up what could not be written', async () => {
  const { behind, written, count } = counter({ failures: 1 });
  count('a');
  await behind.flush();
  count('b');
  await behind.flush();
  expect(written).toEqual([[['b', 1]]]);
});

test('or keeps it for the next time, as far as there is room', async () => {
  const { behind, written, count } = counter({ failures: 1, keeps: true, maxEntries: 2 });
  count('a');
  count('b');
  const failed = behind.flush();
  count('c');
  await failed;
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([
    [
      ['c', 1],
      ['a', 1],
    ],
  ]);
});
