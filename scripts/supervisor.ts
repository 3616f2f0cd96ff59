import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { RunningPostgres } from './postgres.ts';

const root = path.resolve(import.meta.dirname, '..');
/** A little more than the processes give themselves to hand over their work. */
const STOP_MS = 25_000;

export interface Service {
  name: string;
  script: string;
  nodeArgs?: string[];
  args?: string[];
}

/** Keeps processes running: one that dies is started again, at once the first time and later the more often it dies. */
export class Supervisor {
  private readonly children = new Map<string, ChildProcess>();
  private stopping = false;

  /** Resolves when the process says that it is ready. */
  start(service: Service, deaths = 0): Promise<void> {
    const born = Date.now();
    const child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        '--disable-warning=ExperimentalWarning',
        ...(service.nodeArgs ?? []),
        path.join(root, service.script),
        ...(service.args ?? []),
      ],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: process.env },
    );
    this.children.set(service.name, child);
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      const again = Date.now() - born > 60_000 ? 0 : deaths + 1;
      const delay = Math.min(again <= 1 ? 0 : 250 * 2 ** again, 15_000);
      console.error(
        `The ${service.name} process ended (${signal ?? code}); starting it again${delay ? ` in ${delay / 1000} s` : ''}.`,
      );
      setTimeout(() => {
        if (!this.stopping) void this.start(service, again);
      }, delay);
    });
    return new Promise((resolve) => child.on('message', (message) => message === 'ready' && resolve()));
  }

  /** Process id by name, for tests that kill one. */
  pid(name: string): number | undefined {
    return this.children.get(name)?.pid;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.children.values()].map(end));
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Starts the embedded database again whenever it dies, on the same port. Returns how to stop it for good. */
export function keepPostgres(
  first: RunningPostgres,
  restart: (port: number) => Promise<RunningPostgres>,
): () => Promise<void> {
  let current = first;
  let stopping = false;
  const watch = async () => {
    await current.exited;
    if (stopping) return;
    console.error('The database ended; starting it again.');
    current = await restart(first.port);
    void watch();
  };
  void watch();
  return async () => {
    stopping = true;
    await current.stop();
  };
}
