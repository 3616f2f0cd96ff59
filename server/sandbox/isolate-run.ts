import { setTimeout as sleep } from 'node:timers/promises';
import type ivm from 'isolated-vm';
import type { NodeErrorData } from '#engine/errors.ts';
import type { LogLine } from '#engine/events.ts';
import { MAX_RESULT_CHARS, MAX_STATIC_CHARS, type Outcome, type RunMessage } from './protocol.ts';
import { FILE_NAME, type GuestFailure, guestError, syntaxError } from './run-errors.ts';
import { needsLibraries, type Snapshots } from './snapshots.ts';
import { newCell, overdue, stuck, watchIsolate } from './watch-isolate.ts';

/** What the guest says about the run; anything in it may be made up by the code, and is checked. */
type Step =
  | { state: 'running' | 'stuck' }
  | { state: 'waiting'; ms: number }
  | { state: 'done'; value?: unknown; missing?: unknown; staticData?: unknown; logs: unknown }
  | ({ state: 'failed'; logs: unknown } & GuestFailure);

/** Runs one request in an isolate of its own, which is thrown away: nothing can pass from one run to another. */
export function runInIsolate(
  message: RunMessage,
  snapshots: Snapshots,
  signal: AbortSignal,
): Promise<Outcome> {
  const cell = newCell({
    memoryLimit: message.memoryMb,
    snapshot: needsLibraries(message.source) ? snapshots.full : snapshots.plain,
  });
  const run = (remaining: () => number) => drive(cell.isolate, message, remaining);
  return watchIsolate(cell, message, signal, run, (thrown) => syntaxOrStray(thrown, message));
}

async function drive(isolate: ivm.Isolate, message: RunMessage, remaining: () => number): Promise<Outcome> {
  const context = await isolate.createContext();
  const options = () => ({ timeout: remaining() });
  const boot: ivm.Reference = await context.global.get('__linkflow', { reference: true });
  const step: ivm.Reference = await boot.apply(
    undefined,
    [message.items, message.context, message.mode, MAX_RESULT_CHARS],
    { ...options(), result: { reference: true } },
  );
  // The first line is ours, hence the offset: line 1 is the first line that the user wrote.
  const script = await isolate.compileScript(`(async function () {\n${message.source}\n})`, {
    filename: FILE_NAME,
    lineOffset: -1,
  });
  const code = await script.run(context, { ...options(), reference: true });
  const next = async (...args: ivm.Transferable[]) =>
    (await step.apply(undefined, args, { ...options(), result: { copy: true } })) as Step;
  for (let state = await next(code.derefInto()); ; state = await next()) {
    if (state.state === 'done' || state.state === 'failed') return finish(state, message);
    if (state.state === 'stuck') throw stuck();
    // Beyond the deadline the next step is given one more millisecond, and times out.
    if (state.state === 'waiting') await sleep(Math.min(Math.max(1, Number(state.ms) || 0), remaining()));
    if (remaining() <= 1) throw overdue();
  }
}

function finish(step: Extract<Step, { state: 'done' | 'failed' }>, message: RunMessage): Outcome {
  const logs = logLines(step.logs);
  if (step.state === 'failed') return { logs, error: guestError(step, message) };
  const value = typeof step.value === 'string' ? step.value : undefined;
  const missing = Array.isArray(step.missing) ? step.missing.filter((i) => Number.isInteger(i)) : undefined;
  const kept = typeof step.staticData === 'string' && step.staticData !== '{}' ? step.staticData : undefined;
  if (kept !== undefined && kept.length > MAX_STATIC_CHARS) return { logs, error: staticTooLarge() };
  return { logs, value, missing, staticData: kept };
}

const staticTooLarge = (): NodeErrorData => ({
  kind: 'limit',
  message: `Static data may have ${MAX_STATIC_CHARS / 1024} kB. Keep more in a data table.`,
  retryable: false,
});

const LEVELS: ReadonlySet<unknown> = new Set(['debug', 'info', 'warn', 'error']);

export function logLines(logs: unknown): LogLine[] {
  if (!Array.isArray(logs)) return [];
  const lines = logs
    .slice(0, 250)
    .filter((line) => LEVELS.has(line?.level) && typeof line?.message === 'string');
  return lines.map(({ level, message }: LogLine) => ({ level, message: message.slice(0, 4000) }));
}

/** A mistake in the grammar, or a rejection that nobody waited for. */
const syntaxOrStray = (thrown: unknown, message: RunMessage) =>
  thrown instanceof SyntaxError ? syntaxError(thrown, message) : guestError(thrown as Error, message);
