/** A counted permission to run; who asks while none is free waits in line. */
export interface Slots {
  take(): Promise<void>;
  give(): void;
  /** Resolves when all have been given back and nobody waits. */
  idle(): Promise<void>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const line: (() => void)[] = [];
  let whenIdle: PromiseWithResolvers<void> | null = null;
  return {
    take() {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => line.push(resolve));
    },
    give() {
      const next = line.shift();
      if (next) {
        next();
        return;
      }
      free++;
      if (free === count) whenIdle?.resolve();
    },
    idle() {
      if (free === count) return Promise.resolve();
      whenIdle ??= Promise.withResolvers<void>();
      return whenIdle.promise;
    },
  };
}
