import type { LeasedExecution, Leases } from '#server/executions/lease.ts';
import { log } from '#server/log.ts';

/** Under load the queue is looked into this often: one statement for forty executions costs little more than for one. */
const COLLECT_MS = 8;
/** No workspace gets more than this part of a worker's slots, so that another one finds a free slot at any time. */
const SHARE = 0.8;

export interface Claiming {
  /** Something may be in the queue. */
  poke(): void;
  /** A slot is free again; looks only if the queue still had something the last time. */
  more(): void;
  /** Takes nothing any more; resolves when what is under way has been taken. */
  stop(): Promise<void>;
}

/** Keeps the free slots of a worker filled from the queue, one statement at a time. */
export function createClaiming(parts: {
  leases: Leases;
  slots: { readonly free: number; total: number };
  start(lease: LeasedExecution): void;
}): Claiming {
  const { leases, slots, start } = parts;
  let stopped = false;
  /** Whether the queue may hold something for us; a poke says so, or the last look. */
  let mayHaveMore = true;
  /** Asked again while a statement was under way. */
  let again = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let current: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const claim = async (): Promise<void> => {
    mayHaveMore = false;
    const claimed = await leases.claim(slots.free, Math.max(1, Math.floor(slots.total * SHARE)));
    for (const lease of claimed.leases) start(lease);
    // nothing found while something runs: what is queued may be held back by what runs, and go on when it has ended
    mayHaveMore ||= claimed.more ?? slots.free < slots.total;
  };
  const look = (): void => {
    if (stopped || current || !mayHaveMore || slots.free === 0) return;
    again = false;
    lookedAt = performance.now();
    current = claim()
      .catch((error: unknown) => {
        log.warn({ error: (error as Error).message }, 'could not look into the queue; trying again'); // at the next poke
      })
      .finally(() => {
        current = null;
        if (again) lookSoon();
      });
  };
  const lookSoon = (): void => {
    if (stopped || current || timer || !mayHaveMore) return;
    const wait = COLLECT_MS - (performance.now() - lookedAt);
    if (wait <= 0) {
      look();
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      look();
    }, wait);
  };
  const ask = (): void => {
    again = true;
    lookSoon();
  };
  return {
    poke() {
      mayHaveMore = true;
      ask();
    },
    more: ask,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await current;
    },
  };
}
