import type { Clock } from './ports.ts';

const WORK_MS = 8;

/**
 * Shares the thread: asked often, it gives null, or, after some 8 ms of work, what to await so that timers, IO and other
 * executions get their turn. One for all nodes of an execution.
 */
export class Breather {
  private readonly clock: Clock;
  private since: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.since = clock.now();
  }

  pause(): Promise<void> | null {
    return this.clock.now() - this.since > WORK_MS ? this.rest() : null;
  }

  private async rest(): Promise<void> {
    await this.clock.yield();
    this.since = this.clock.now();
  }
}
