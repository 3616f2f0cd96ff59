import { expect, it, vi } from 'vitest';
import { handleAll } from './bulk-loop.ts';

const never = () => false;
const ignore = () => undefined;

/** Answers of a server that handles two per call. */
function pile(count: number, comesBack = 0) {
  let left = count;
  let calls = 0;
  return vi.fn(async () => {
    if (++calls > 100) throw new Error('called in a circle');
    const handled = Math.min(2, left);
    left += comesBack - handled;
    return { handled, left };
  });
}

it('calls until nothing is left, and tells how far it is', async () => {
  const call = pile(5);
  const seen: number[] = [];
  const result = await handleAll({
    batches: ['all'],
    total: 5,
    call,
    isStopped: never,
    onProgress: (n) => seen.push(n),
  });
  expect(result).toEqual({ handled: 5, stopped: false, error: null });
  expect(seen).toEqual([2, 4, 5]);
});

it('ends although everything that is retried fails again at once', async () => {
  const call = pile(6, 2);
  const result = await handleAll({
    batches: ['all'],
    total: 6,
    call,
    isStopped: never,
    onProgress: ignore,
  });
  expect(result.handled).toBe(6);
  expect(call).toHaveBeenCalledTimes(3);
});

it('goes through every batch', async () => {
  const call = vi.fn(async (ids: readonly string[]) => ({ handled: ids.length, left: 0 }));
  const batches = [['a', 'b'], ['c']];
  const result = await handleAll({ batches, total: 3, call, isStopped: never, onProgress: ignore });
  expect(result.handled).toBe(3);
  expect(call.mock.calls.map(([ids]) => ids)).toEqual(batches);
});

it('does not wait for what somebody else is handling', async () => {
  const call = vi.fn().mockResolvedValueOnce({ handled: 0, left: 3 }).mockRejectedValue(new Error('again'));
  await handleAll({ batches: ['all'], total: 3, call, isStopped: never, onProgress: ignore });
  expect(call).toHaveBeenCalledTimes(1);
});

it('stops before the next call', async () => {
  const call = pile(100);
  const isStopped = () => call.mock.calls.length === 2;
  const result = await handleAll({ batches: ['all'], total: 100, call, isStopped, onProgress: ignore });
  expect(result).toEqual({ handled: 4, stopped: true, error: null });
});

it('keeps count of what was handled before a call was refused', async () => {
  const full = new Error('The queue is full.');
  const call = vi.fn().mockResolvedValueOnce({ handled: 2, left: 3 }).mockRejectedValueOnce(full);
  const result = await handleAll({
    batches: ['all'],
    total: 5,
    call,
    isStopped: never,
    onProgress: ignore,
  });
  expect(result).toEqual({ handled: 2, stopped: false, error: full });
});
