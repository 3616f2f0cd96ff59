import { availableParallelism } from 'node:os';
import { NodeError } from '#engine/errors.ts';
import type { CodeRequest, CodeResult, CodeRunner } from '#engine/node.ts';
import {
  DEFAULT_MEMORY_MB,
  DEFAULT_TIMEOUT_MS,
  MAX_MEMORY_MB,
  MAX_TIMEOUT_MS,
  MIN_MEMORY_MB,
  type Outcome,
  type RunMessage,
} from './protocol.ts';
import { readOutcome } from './read-outcome.ts';
import { endedError } from './run-errors.ts';
import { type RunnerEnd, type RunnerProcess, startRunnerProcess } from './runner-process.ts';

export interface CodeRunnerOptions {
  /** Processes that run code; more of them confine a crash to fewer runs. Default 1. */
  processes?: number;
  /** Runs at the same time in one process. */
  concurrency?: number;
}

/** Beyond the time limit, before a process that says nothing is taken for hung. */
const HANG_GRACE_MS = 3_000;
const START_MS = 5_000;
/** The first run of Python in a process starts it twice (python-cells.ts), which takes long on a busy machine. */
const PYTHON_START_MS = 60_000;

interface Job {
  message: RunMessage;
  resolve(result: CodeResult): void;
  reject(error: unknown): void;
  /** Times that the process died while this ran: the next time it runs alone, so that the guilty one is known. */
  crashes: number;
  hang?: NodeJS.Timeout;
}
interface Slot {
  process?: RunnerProcess;
}

/**
 * Runs user code in processes of its own. A run that brings its process down fails; the others that were under way there
 * run again, which does no harm since code has no effects.
 */
export function createCodeRunner(options: CodeRunnerOptions = {}): CodeRunner & { close(): Promise<void> } {
  const slots: Slot[] = Array.from({ length: options.processes ?? 1 }, () => ({}));
  const concurrency = options.concurrency ?? Math.max(4, availableParallelism());
  const jobs = new Map<number, Job>();
  let waiting: Job[] = [];
  let lastId = 0;
  let closed = false;

  const finish = (job: Job, outcome: Outcome) => {
    clearTimeout(job.hang);
    jobs.delete(job.message.id);
    const { error, result } = readOutcome(outcome);
    if (error) {
      const { kind, message, ...more } = error;
      job.reject(new NodeError(kind, message, more));
    } else job.resolve(result);
  };

  const start = (slot: Slot): RunnerProcess => {
    const runner = startRunnerProcess({
      outcome: (id, outcome) => {
        const job = jobs.get(id);
        if (job) finish(job, outcome);
        dispatch();
      },
      ended: (lost, how) => {
        if (slot.process === runner) slot.process = undefined;
        for (const id of lost.reverse()) {
          const job = jobs.get(id);
          if (job) afterEnd(job, how, lost.length === 1);
        }
        dispatch();
      },
    });
    slot.process = runner;
    return runner;
  };

  const afterEnd = (job: Job, how: RunnerEnd, alone: boolean) => {
    clearTimeout(job.hang);
    if (how.kind === 'unstarted') {
      const message = `The process for code did not start. ${how.complaint}`.trim();
      finish(job, { logs: [], error: { kind: 'bug', message, retryable: true } });
    } else if (how.kind === 'crashed' && alone) {
      finish(job, { logs: [], error: endedError('memory', job.message) });
    } else {
      if (how.kind === 'crashed') job.crashes++;
      waiting.unshift(job);
    }
  };

  const dispatch = () => {
    if (closed) return;
    while (waiting.length > 0) {
      const job = waiting[0]!;
      const slot = freeSlot(job);
      if (!slot) return;
      waiting.shift();
      const runner = slot.process ?? start(slot);
      const startMs = job.message.language === 'python' ? PYTHON_START_MS : START_MS;
      job.hang = setTimeout(() => hung(job, runner), job.message.timeoutMs + HANG_GRACE_MS + startMs);
      runner.run(job.message);
    }
  };

  const freeSlot = (job: Job): Slot | undefined => {
    const load = (slot: Slot) => slot.process?.busy.size ?? 0;
    const alone = (slot: Slot) =>
      [...(slot.process?.busy ?? [])].some((id) => (jobs.get(id)?.crashes ?? 0) > 0);
    const most = job.crashes > 0 ? 1 : concurrency;
    return slots.filter((slot) => load(slot) < most && !alone(slot)).sort((a, b) => load(a) - load(b))[0];
  };

  const hung = (job: Job, runner: RunnerProcess) => {
    finish(job, { logs: [], error: endedError('timeout', job.message) });
    runner.cancel(job.message.id);
    runner.kill();
  };

  const run = (request: CodeRequest): Promise<CodeResult> => {
    const { signal } = request;
    signal?.throwIfAborted();
    if (closed) throw new NodeError('bug', 'The code runner is closed.');
    const message = toMessage(++lastId, request);
    const { promise, resolve, reject } = Promise.withResolvers<CodeResult>();
    const job: Job = { message, resolve, reject, crashes: 0 };
    const stop = () => {
      clearTimeout(job.hang);
      jobs.delete(message.id);
      waiting = waiting.filter((one) => one !== job);
      for (const { process } of slots) process?.cancel(message.id);
      reject(signal?.reason);
      dispatch();
    };
    signal?.addEventListener('abort', stop, { once: true });
    jobs.set(message.id, job);
    waiting.push(job);
    dispatch();
    return promise.finally(() => signal?.removeEventListener('abort', stop));
  };

  const close = async () => {
    closed = true;
    for (const job of [...jobs.values()]) {
      clearTimeout(job.hang);
      job.reject(new NodeError('bug', 'The code runner was closed.', { retryable: true }));
    }
    jobs.clear();
    for (const { process } of slots) process?.kill();
  };

  return { run: async (request) => run(request), close };
}

function toMessage(id: number, request: CodeRequest): RunMessage {
  return {
    id,
    language: request.language,
    source: request.source,
    mode: request.mode,
    items: JSON.stringify(request.items),
    context: JSON.stringify(request.context),
    timeoutMs: clamp(request.timeoutMs || DEFAULT_TIMEOUT_MS, 1, MAX_TIMEOUT_MS),
    memoryMb: clamp(request.memoryMb || DEFAULT_MEMORY_MB, MIN_MEMORY_MB, MAX_MEMORY_MB),
  };
}

const clamp = (value: number, min: number, max: number): number =>
  Math.min(max, Math.max(min, Math.ceil(value)));
