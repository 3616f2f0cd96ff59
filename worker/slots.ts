/** Counts what runs at the same time. */
export interface Slots {
  readonly total: number;
  readonly free: number;
  take(): void;
  give(): void;
  /** Resolves when all have been given back. */
  idle(): Promise<void>;
}

/** `onFree` is told about every slot that is given back. */
export function createSlots(count: number, onFree: () => void): Slots {
  let free = count;
  let whenIdle: PromiseWithResolvers<void> | null = null;
  return {
    total: count,
    get free() {
      return free;
    },
    take() {
      free--;
    },
    give() {
      free++;
      if (free === count) whenIdle?.resolve();
      onFree();
    },
    idle() {
      if (free === count) return Promise.resolve();
      whenIdle ??= Promise.withResolvers<void>();
      return whenIdle.promise;
    },
  };
}
