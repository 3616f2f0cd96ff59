import { log } from '#server/log.ts';

export interface Repeating {
  stop(): Promise<void>;
}

/** Does something again and again, `everyMs` after the last time ended. A failure is logged and the next time comes. */
export function repeat(name: string, everyMs: number, work: () => Promise<void>): Repeating {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let current: Promise<void> = Promise.resolve();
  const turn = () => {
    current = work()
      .catch((error: unknown) =>
        log.warn({ error: (error as Error).message }, `${name} failed; trying again`),
      )
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, everyMs);
      });
  };
  timer = setTimeout(turn, 0);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
