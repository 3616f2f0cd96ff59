import { setTimeout as sleep } from 'node:timers/promises';
import type ivm from 'isolated-vm';
import type { NodeErrorData } from '#engine/errors.ts';
import { logLines } from './isolate-run.ts';
import { MAX_RESULT_CHARS, type Outcome, type RunMessage } from './protocol.ts';
import type { PythonCell, PythonCells } from './python-cells.ts';
import { type PythonFailure, pythonError } from './python-error.ts';
import { endedError } from './run-errors.ts';
import { disposeCell, overdue, stuck, watchIsolate } from './watch-isolate.ts';

/** Beyond the result: log lines, and what JSON text takes more inside of JSON text. */
const MAX_ANSWER_CHARS = 3 * MAX_RESULT_CHARS;

/** What the guest says about the run; anything in it may be made up by the code, and is checked. */
type Step =
  | { state: 'running' | 'stuck' }
  | { state: 'waiting'; ms: number }
  | { state: 'done'; text: unknown }
  | { state: 'broken'; message: unknown };
type Answer = { state?: unknown; value?: unknown; missing?: unknown; logs?: unknown } & PythonFailure;

/** Runs one request of Python in an interpreter of its own, which is thrown away. The time limit begins when it is there. */
export async function runPython(
  message: RunMessage,
  cells: PythonCells,
  signal: AbortSignal,
): Promise<Outcome> {
  let cell: PythonCell;
  try {
    cell = await cells.take(message.memoryMb);
  } catch (error) {
    return { logs: [], error: unstarted(error) };
  }
  if (signal.aborted) disposeCell(cell);
  return watchIsolate(
    cell,
    message,
    signal,
    (remaining) => drive(cell.context, message, remaining),
    (thrown) => pythonError({ message: `Python broke down: ${(thrown as Error)?.message}` }, message),
  );
}

const unstarted = (error: unknown): NodeErrorData => ({
  kind: 'bug',
  message: `Python did not start: ${error instanceof Error ? error.message : String(error)}`,
  retryable: true,
});

async function drive(context: ivm.Context, message: RunMessage, remaining: () => number): Promise<Outcome> {
  const { source, mode, items, context: variables, memoryMb } = message;
  const begin: ivm.Reference = await context.global.get('__linkflow', { reference: true });
  const head = JSON.stringify({ source, mode, maxChars: MAX_RESULT_CHARS }).slice(0, -1);
  const step: ivm.Reference = await begin.apply(
    undefined,
    [`${head},"items":${items},"context":${variables}}`, variables, memoryMb * 1024 * 1024],
    { timeout: remaining(), result: { reference: true } },
  );
  for (;;) {
    const options = { timeout: remaining(), result: { copy: true } } as const;
    const state = (await step.apply(undefined, [], options)) as Step;
    if (state.state === 'done') return finish(state.text, message);
    if (state.state === 'broken') return { logs: [], error: broken(state.message, message) };
    if (state.state === 'stuck') throw stuck();
    if (state.state === 'waiting') await sleep(Math.min(Math.max(1, Number(state.ms) || 0), remaining()));
    if (remaining() <= 1) throw overdue();
  }
}

/** The interpreter itself gave up, as it does when it is out of stack or of memory in a bad moment. */
function broken(reason: unknown, message: RunMessage): NodeErrorData {
  if (/memory|allocation/i.test(String(reason))) return endedError('memory', message);
  return pythonError({ message: `Python broke down: ${String(reason)}` }, message);
}

function finish(text: unknown, message: RunMessage): Outcome {
  const answer = answerOf(text);
  const logs = logLines(answer.logs);
  if (answer.state !== 'done') return { logs, error: pythonError(answer, message) };
  const value = typeof answer.value === 'string' ? answer.value : undefined;
  const missing = Array.isArray(answer.missing)
    ? answer.missing.filter((i) => Number.isInteger(i))
    : undefined;
  return { logs, value, missing };
}

function answerOf(text: unknown): Answer {
  if (typeof text !== 'string' || text.length > MAX_ANSWER_CHARS) return { tooLarge: true };
  try {
    return (JSON.parse(text) as Answer | null) ?? {};
  } catch {
    return {}; // only code that broke its surroundings gets here
  }
}
