import { log } from '#server/log.ts';
import { QUARANTINE_FLAG, startQuarantine } from './quarantine.ts';
import { startWorker } from './worker.ts';

process.env.LINKFLOW_PROCESS = 'worker';
/** The supervisor gives a little more than this before it kills. */
const GRACE_MS = 20_000;
const GIVE_BACK_MS = 2_000;

const worker = process.argv.includes(QUARANTINE_FLAG) ? await startQuarantine() : await startWorker();
log.debug({ worker: worker.id }, 'worker process is running');
process.send?.('ready');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => void giveUp(), GRACE_MS).unref();
  await worker.stop();
  process.exit(0);
}
/** What is left must be taken over; if it cannot be given back, that comes with the end of its lease. */
async function giveUp(): Promise<void> {
  setTimeout(() => process.exit(1), GIVE_BACK_MS);
  await worker.giveBack().catch((error: Error) => log.warn({ error: error.message }, 'could not give back'));
  process.exit(1);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('unhandledRejection', (error) => {
  // graphile-worker rejects without a handler when the database goes away in the middle of a batch; a fresh process is
  // the one clean state, and the supervisor starts it
  log.error(
    { error: error instanceof Error ? error.stack : String(error) },
    'unhandled rejection; the worker ends',
  );
  process.exit(1);
});
process.on('disconnect', () => void stop()); // the supervisor is gone: leave nothing behind
