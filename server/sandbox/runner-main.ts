import { runInIsolate } from './isolate-run.ts';
import type { FromRunner, ToRunner } from './protocol.ts';
import { createPythonCells } from './python-cells.ts';
import { runPython } from './python-run.ts';
import { createSnapshots } from './snapshots.ts';

/** The process in which user code runs. It holds no secret, no connection and no data beside the runs under way. */
const snapshots = createSnapshots();
const pythonCells = createPythonCells();
const running = new Map<number, AbortController>();

const send = (message: FromRunner) => {
  // The parent may be gone; then 'disconnect' follows at once.
  process.send?.(message, undefined, undefined, () => undefined);
};

send({ ready: true });
process.on('message', async (message: ToRunner) => {
  if ('cancel' in message) return running.get(message.cancel)?.abort();
  const controller = new AbortController();
  running.set(message.id, controller);
  const outcome =
    message.language === 'python'
      ? await runPython(message, pythonCells, controller.signal)
      : await runInIsolate(message, snapshots, controller.signal);
  running.delete(message.id);
  send({ id: message.id, outcome });
});
// An ordinary exit waits for the threads of isolates, which may never end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
