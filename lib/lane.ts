/**
 * A lane sends what arrives while one batch is under way with the next batch: no delay when idle, large batches under
 * load, and one round trip for all. `send` gives one result per item, in order.
 */
export interface Lane<I, O> {
  push(item: I): Promise<O>;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

interface Entry<I, O> {
  item: I;
  resolve(value: O): void;
  reject(error: unknown): void;
}

export function createLane<I, O>(
  send: (items: I[]) => Promise<O[]>,
  options: {
    maxBatch: number /** A batch that fails is sent again item by item, unless this says no. */;
    splitOn(error: unknown): boolean;
    /** Under load, when a batch held `above` items, the next one begins `everyMs` after it at the earliest, and is larger for it. */
    gather?: { above: number; everyMs: number };
  },
): Lane<I, O> {
  const queue: Entry<I, O>[] = [];
  let busy = false;
  let idle: PromiseWithResolvers<void> | null = null;

  const deliver = async (batch: Entry<I, O>[]): Promise<void> => {
    try {
      const results = await send(batch.map((e) => e.item));
      for (const [i, entry] of batch.entries()) entry.resolve(results[i] as O);
    } catch (error) {
      if (batch.length === 1 || !options.splitOn(error)) {
        for (const entry of batch) entry.reject(error);
        return;
      }
      for (const entry of batch) await deliver([entry]); // one bad item must not fail its neighbours
    }
  };
  const pump = async (): Promise<void> => {
    while (queue.length > 0) {
      const began = performance.now();
      const batch = queue.splice(0, options.maxBatch);
      await deliver(batch);
      if (batch.length > (options.gather?.above ?? Number.POSITIVE_INFINITY)) {
        const rest = options.gather!.everyMs - (performance.now() - began);
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      }
    }
    busy = false;
    idle?.resolve();
    idle = null;
  };
  return {
    push: (item) =>
      new Promise<O>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        if (busy) return;
        busy = true;
        setImmediate(() => void pump());
      }),
    idle: () => {
      if (!busy) return Promise.resolve();
      idle ??= Promise.withResolvers<void>();
      return idle.promise;
    },
  };
}
