import type { Clock } from '#engine/ports.ts';

/** setTimeout takes at most 2^31 − 1 ms; the engine looks again after an early return. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    sleepUntil(signal, (done) => {
      const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
      return () => clearTimeout(timer);
    }),
  yield: immediate,
};

/** Time that stands still while anything happens, and jumps to the next sleeper when nothing does. */
export class VirtualClock implements Clock {
  private time: number;
  private readonly sleepers = new Set<{ at: number; wake: () => void }>();
  private busy = 0;
  private scheduled = false;

  constructor(startMs: number) {
    this.time = startMs;
  }
  now = (): number => this.time;
  yield = immediate;
  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    sleepUntil(signal, (wake) => {
      const sleeper = { at: this.time + ms, wake };
      this.sleepers.add(sleeper);
      this.jumpSoon();
      return () => this.sleepers.delete(sleeper);
    });

  /** Real work, such as a process that runs code: nobody is woken before it has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.busy++;
    try {
      return await work();
    } finally {
      this.busy--;
      this.jumpSoon();
    }
  }

  private jumpSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // Two rounds, so that everything that is ready has its turn first.
    setImmediate(() => setImmediate(() => this.jump()));
  }
  private jump(): void {
    this.scheduled = false;
    if (this.busy > 0) return;
    const [first] = [...this.sleepers].sort((a, b) => a.at - b.at);
    if (!first) return;
    this.time = Math.max(this.time, first.at);
    first.wake();
    this.jumpSoon();
  }
}

/** Resolves when `start` calls back or the signal fires; `start` returns how to take the sleeper away. */
function sleepUntil(signal: AbortSignal, start: (wake: () => void) => () => unknown): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      stop();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const stop = start(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}
