import { log } from '#server/log.ts';
import { startWorker } from './worker.ts';

process.env.LINKFLOW_PROCESS = 'worker';
/** The supervisor gives a little more than this before it kills. */
const GRACE_MS = 20_000;

const worker = await startWorker();
log.debug({ worker: worker.id }, 'worker process is running');
process.send?.('ready');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), GRACE_MS).unref(); // what is left is taken over when its lease expires
  await worker.stop();
  process.exit(0);
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
