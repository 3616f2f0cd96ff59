import type { Clock } from '#engine/ports.ts';

/** setTimeout takes at most 2^31 − 1 ms; longer sleeps belong to the queue, not to memory. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** One of those that yielded goes on per turn of the event loop: fifty busy executions must not make IO wait for fifty slices. */
const resting: (() => void)[] = [];
function nextTurn(): void {
  resting.shift()?.();
  if (resting.length > 0) setImmediate(nextTurn);
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
      signal.addEventListener('abort', done, { once: true });
    }),
  yield: () =>
    new Promise((resolve) => {
      resting.push(resolve);
      if (resting.length === 1) setImmediate(nextTurn);
    }),
};
