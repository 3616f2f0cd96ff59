import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** Worker processes, each as the supervisor starts it. */
export interface Fleet {
  /** Resolves when the worker is ready. */
  start(): Promise<ChildProcess>;
  /** A worker that is started again whenever it ends. Gives the process that runs at the moment. */
  keepOne(): Promise<() => ChildProcess>;
  /** Kills everything and keeps nothing any more. */
  close(): Promise<void>;
}

const isAlive = (worker: ChildProcess) => worker.exitCode === null && worker.signalCode === null;

export function createFleet(): Fleet {
  const workers: ChildProcess[] = [];
  let closed = false;

  function launch(): ChildProcess {
    const worker = spawn(process.execPath, [path.resolve('worker/main.ts')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: process.env,
    });
    workers.push(worker);
    return worker;
  }
  const ready = (worker: ChildProcess) =>
    new Promise<ChildProcess>((resolve, reject) => {
      worker.once('message', () => resolve(worker));
      worker.once('exit', (code) => reject(new Error(`The worker ended with ${code} before it was ready`)));
    });
  return {
    start: () => ready(launch()),
    async keepOne() {
      let current = launch();
      const again = () => {
        if (closed) return;
        // a worker that cannot start, since the database is away, must not be started in a circle
        setTimeout(() => {
          if (closed) return;
          current = launch();
          current.once('exit', again);
        }, 250);
      };
      current.once('exit', again);
      await ready(current);
      return () => current;
    },
    async close() {
      closed = true;
      await Promise.all(workers.filter(isAlive).map((worker) => end(worker, 'SIGKILL')));
    },
  };
}

/** Sends the signal and resolves with the exit code (null after a kill) once the process is gone. */
export function end(worker: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (!isAlive(worker)) return Promise.resolve(worker.exitCode);
  return new Promise((resolve) => {
    worker.once('exit', (code) => resolve(code));
    worker.kill(signal);
  });
}
