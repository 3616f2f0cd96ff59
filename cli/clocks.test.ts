import { expect, test } from 'vitest';
import { VirtualClock } from './clocks.ts';

const never = new AbortController().signal;

test('sleepers wake in the order of their times, without waiting', async () => {
  const clock = new VirtualClock(1_000);
  const woken: [string, number][] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms, never);
    woken.push([name, clock.now()]);
  };
  await Promise.all([
    sleep('long', 3_600_000),
    sleep('short', 10),
    sleep('middle', 500).then(() => sleep('again', 100)),
  ]);
  expect(woken).toEqual([
    ['short', 1_010],
    ['middle', 1_500],
    ['again', 1_600],
    ['long', 3_601_000],
  ]);
});

test('time stands still while real work is under way, and an abort ends a sleep', async () => {
  const clock = new VirtualClock(0);
  const abort = new AbortController();
  const slept = clock.sleep(1_000, abort.signal);
  await clock.during(() => new Promise((resolve) => setTimeout(resolve, 30)));
  expect(clock.now()).toBe(0);
  abort.abort();
  await slept;
  expect(clock.now()).toBe(0);
});
