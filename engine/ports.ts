import type { EngineEvent } from './events.ts';
import type { ExecutorCatalog, NodeServices } from './node.ts';

/** All that a run may touch outside its own state. The worker and the command line implement it. */
export interface RunPorts {
  clock: Clock;
  /** 0 ≤ x < 1 */
  random(): number;
  journal: Journal;
  catalog: ExecutorCatalog;
  services: NodeServices;
}

export interface Clock {
  /** ms since epoch */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets timers and IO of the process happen; a run of pure nodes would otherwise hold the thread. */
  yield(): Promise<void>;
}

export interface Journal {
  /** Queues events for the next group commit. */
  append(events: EngineEvent[]): void;
  /** Resolves when everything appended so far is durable; rejects when this process lost the execution. */
  checkpoint(): Promise<void>;
}
