import { Worker } from 'node:worker_threads';
import { NodeError } from '#engine/errors.ts';

/** What a thread posts back for each message that it gets. */
export type ThreadAnswer<Out> = { value: Out } | { error: string };

export interface ThreadPool<In, Out> {
  /**
   * Throws NodeError: limit when the work takes more than `maxMs`, config with what the thread threw; or the reason of
   * the signal.
   */
  run(work: In, signal: AbortSignal, maxMs?: number): Promise<Out>;
}

const MAX_MS = 10_000;
const MAX_THREADS = 2;
const MEMORY_MB = 512;

/**
 * Threads for libraries that take quadratic time and worse for some texts, which come from outside: work that takes too
 * long is ended with its thread, and nobody else waits for it. `entry` is the file that answers each message with a
 * ThreadAnswer.
 */
export function threadPool<In, Out>(entry: string): ThreadPool<In, Out> {
  /** They wait for work; they do not keep the process alive. */
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;

  const start = (): Worker => {
    const thread = new Worker(entry, {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    // One that dies while it has nothing to do must not take the process with it.
    const forget = () => {
      const place = idle.indexOf(thread);
      if (place >= 0) idle.splice(place, 1);
    };
    thread.on('error', forget);
    thread.on('exit', forget);
    return thread;
  };

  /** A thread that answered is kept; one that was stopped or died is not. */
  const ask = (thread: Worker, work: In, signal: AbortSignal, maxMs: number): Promise<ThreadAnswer<Out>> =>
    new Promise((resolve, reject) => {
      const settle = (end: () => void, keep: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stopped);
        thread.off('message', answered);
        thread.off('error', died);
        if (keep) {
          thread.unref();
          idle.push(thread);
        } else void thread.terminate();
        end();
      };
      const fail = (error: unknown) => settle(() => reject(error), false);
      const answered = (answer: ThreadAnswer<Out>) => settle(() => resolve(answer), true);
      const stopped = () => fail(signal.reason);
      const died = (error: Error) =>
        fail(new NodeError('limit', `Reading this text failed: ${error.message}`));
      const timer = setTimeout(
        () => fail(new NodeError('limit', 'Reading this text takes too long.')),
        maxMs,
      );
      signal.addEventListener('abort', stopped, { once: true });
      thread.on('message', answered);
      thread.on('error', died);
      thread.ref();
      thread.postMessage(work);
    });

  return {
    async run(work, signal, maxMs = MAX_MS) {
      if (running >= MAX_THREADS) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        signal.throwIfAborted();
        const answer = await ask(idle.pop() ?? start(), work, signal, maxMs);
        if ('error' in answer) throw new NodeError('config', answer.error);
        return answer.value;
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
