import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { closeDatabase } from '#server/db.ts';
import { log } from '#server/log.ts';
import { startExecutionHost } from './execution-host.ts';
import type { RunningWorker } from './worker.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');
export const QUARANTINE_FLAG = '--quarantine';

/**
 * A process of its own, in which executions that may kill theirs run one at a time (docs/decisions/0009): nobody else
 * goes down with them, and nobody else's crash is put down to them.
 */
export function createQuarantine() {
  let child: ChildProcess | null = null;
  return {
    /** Starts the process unless it runs. */
    open(): void {
      if (child) return;
      log.warn('executions that saw two crashes go on in a process of their own');
      const started = fork(MAIN, [QUARANTINE_FLAG]); // it ends by itself when this process is gone
      child = started;
      const forget = () => {
        child = null;
      };
      started.once('exit', forget);
      started.once('error', (error) => {
        log.error({ error: error.message }, 'quarantine did not start');
        forget();
      });
    },
    /** Lets it end; what it runs and is no suspect any more goes on elsewhere. */
    async close(): Promise<void> {
      if (!child) return;
      const gone = Promise.withResolvers<void>();
      child.once('exit', () => gone.resolve());
      child.kill('SIGTERM');
      await gone.promise;
    },
  };
}

/** What that process does. */
export async function startQuarantine(): Promise<RunningWorker> {
  const host = await startExecutionHost({ slots: 1, quarantine: true });
  return {
    id: host.id,
    giveBack: host.giveBack,
    async stop() {
      await host.stop();
      await closeDatabase();
    },
  };
}
