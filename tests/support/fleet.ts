import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface WorkerOptions {
  env?: Record<string, string>;
  /** It listens to the orders of `failpoints.ts`. */
  failpoints?: boolean;
}

/** Worker processes, each as the supervisor starts it. */
export interface Fleet {
  /** Resolves when the worker is ready. */
  start(options?: WorkerOptions): Promise<ChildProcess>;
  /** A worker that is started again whenever it ends. Gives the process that runs at the moment. */
  keepOne(): Promise<() => ChildProcess>;
  /** Kills everything and keeps nothing any more. */
  close(): Promise<void>;
}

export const isAlive = (worker: ChildProcess) => worker.exitCode === null && worker.signalCode === null;

const preload = (file: string): string[] => [
  '--import',
  pathToFileURL(path.join(import.meta.dirname, file)).href,
];

/** A program of this repository in a process of its own, with a channel for messages. */
export function launch(script: string, options: WorkerOptions = {}): ChildProcess {
  const args = [...preload('compile-cache.ts'), ...(options.failpoints ? preload('failpoint.ts') : [])];
  return spawn(process.execPath, [...args, path.resolve(script)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkflow-compile-cache'),
      ...options.env,
    },
  });
}

export function createFleet(): Fleet {
  const workers: ChildProcess[] = [];
  let closed = false;

  function launchWorker(options?: WorkerOptions): ChildProcess {
    const worker = launch('worker/main.ts', options);
    workers.push(worker);
    return worker;
  }
  const ready = (worker: ChildProcess) =>
    new Promise<ChildProcess>((resolve, reject) => {
      worker.once('message', () => resolve(worker));
      worker.once('exit', (code) => reject(new Error(`The worker ended with ${code} before it was ready`)));
    });
  return {
    start: (options) => ready(launchWorker(options)),
    async keepOne() {
      let current = launchWorker();
      const again = () => {
        if (closed) return;
        // a worker that cannot start, since the database is away, must not be started in a circle
        setTimeout(() => {
          if (closed) return;
          current = launchWorker();
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
  const gone = whenGone(worker);
  if (isAlive(worker)) worker.kill(signal);
  return gone;
}

/** Resolves with the exit code (null after a kill) once the process is gone. */
export function whenGone(worker: ChildProcess): Promise<number | null> {
  if (!isAlive(worker)) return Promise.resolve(worker.exitCode);
  return new Promise((resolve) => worker.once('exit', (code) => resolve(code)));
}
