import type { EngineEvent } from './events.ts';
import type { Item } from './item.ts';
import type { ExecutorCatalog, NodeServices } from './node.ts';

/** All that a run may touch outside its own state. The worker and the command line implement it. */
export interface RunPorts {
  clock: Clock;
  /** 0 ≤ x < 1 */
  random(): number;
  journal: Journal;
  catalog: ExecutorCatalog;
  services: NodeServices;
  /** Absent: all outputs go into the journal, whatever their size. */
  outputs?: OutputStore;
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

/** Where outputs go that are too large for the journal. Keys are paths: `executions/<id>/…`. */
export interface OutputStore {
  /** Outputs of one node run up to this size (bytes of JSON, roughly) stay in the journal. */
  readonly inlineBytes: number;
  /** Largest output of one node run, in bytes of JSON. */
  readonly maxBytes: number;
  /**
   * Resolves with the size of their JSON once the items are durable. Rejects with NodeError: limit as soon as the size is
   * beyond `maxBytes`, upstream when the store does not answer.
   */
  put(
    key: string,
    items: readonly Item[],
    limits: { maxBytes: number; signal: AbortSignal },
  ): Promise<number>;
  /** Rejects with NodeError (upstream) when they cannot be had. */
  get(key: string): Promise<Item[]>;
}
