import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { FromRunner, Outcome, RunMessage, ToRunner } from './protocol.ts';

export interface RunnerProcess {
  /** Ids of the runs that were sent and have not ended. */
  readonly busy: ReadonlySet<number>;
  run(message: RunMessage): void;
  cancel(id: number): void;
  kill(): void;
}

/** killed: by us, and none of the runs still under way is to blame · unstarted: with what it said. */
export type RunnerEnd = { kind: 'killed' } | { kind: 'crashed' } | { kind: 'unstarted'; complaint: string };

export interface RunnerEvents {
  outcome(id: number, outcome: Outcome): void;
  /** The process is gone; these runs were under way. */
  ended(lost: number[], how: RunnerEnd): void;
}

const MAIN = fileURLToPath(new URL('./runner-main.ts', import.meta.url));
/** Snapshots of isolates do not go together with Node's own. The permissions are a second wall: no writing, no children. */
const EXEC_ARGV = [
  '--no-node-snapshot',
  '--permission',
  '--allow-addons',
  '--allow-fs-read=*',
  '--disable-warning=SecurityWarning',
];

/**
 * Local time of dates is UTC, as in expressions. Next's types demand the second name. The third has large blocks of memory
 * given back when they are free: the allocator would keep two hundred megabytes of interpreters that are long gone.
 */
const RUNNER_ENV = { TZ: 'UTC', NODE_ENV: 'production', MALLOC_MMAP_THRESHOLD_: '4194304' } as const;
const MAX_COMPLAINT_CHARS = 2000;

export function startRunnerProcess(events: RunnerEvents): RunnerProcess {
  const busy = new Set<number>();
  const child: ChildProcess = fork(MAIN, [], {
    execPath: process.execPath,
    execArgv: EXEC_ARGV,
    env: RUNNER_ENV,
    cwd: '/',
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let ready = false;
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-MAX_COMPLAINT_CHARS);
  });
  let gone = false;
  const end = (how: RunnerEnd) => {
    if (gone) return;
    gone = true;
    child.kill('SIGKILL');
    const lost = [...busy];
    busy.clear();
    events.ended(lost, how);
  };
  const died = () => end(ready ? { kind: 'crashed' } : { kind: 'unstarted', complaint });
  child.on('message', (message: FromRunner) => {
    if ('ready' in message) {
      ready = true;
      return;
    }
    if (busy.delete(message.id)) events.outcome(message.id, message.outcome);
    // Also when nobody waits for it any more: its thread would burn on.
    if (message.outcome.stuck) end({ kind: 'killed' });
    else settleRef();
  });
  child.on('error', (error) => {
    complaint += error.message;
    died();
  });
  child.on('exit', died);
  const send = (message: ToRunner) => {
    child.send(message, (error) => {
      if (error) died();
    });
  };
  // Idle, it does not keep its parent alive.
  const settleRef = () => {
    if (busy.size > 0) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      (child.stderr as Socket | null)?.unref();
      child.channel?.unref();
    }
  };
  return {
    busy,
    run: (message) => {
      busy.add(message.id);
      settleRef();
      send(message);
    },
    cancel: (id) => {
      if (busy.delete(id)) send({ cancel: id });
      settleRef();
    },
    kill: () => end({ kind: 'killed' }),
  };
}
