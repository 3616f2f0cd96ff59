import ivm from 'isolated-vm';
import type { Outcome, RunMessage } from './protocol.ts';
import { endedError } from './run-errors.ts';

/** After its end was ordered, code that is still there this much later will not end at all. */
const PATIENCE_MS = 400;
const WATCH_EVERY_MS = 40;
const STUCK = 'linkflow: nothing left to do';

/** An isolate, and whom it tells when its engine gives up. */
export interface Cell {
  isolate: ivm.Isolate;
  gaveUp?: (why: string) => void;
}

export function newCell(options: ivm.IsolateOptions): Cell {
  const cell: Cell = {
    isolate: new ivm.Isolate({ ...options, onCatastrophicError: (why) => cell.gaveUp?.(why) }),
  };
  return cell;
}

export function disposeCell({ isolate }: Cell): void {
  if (!isolate.isDisposed) isolate.dispose();
}

/** Thrown by a drive that finds its code waiting for nothing, or beyond its time. */
export const stuck = (): Error => new Error(STUCK);
export const overdue = (): Error => new Error('Script execution timed out.');

/**
 * The outcome of `drive`, which runs code in that isolate: never later than its time limit and a moment, and disposed of
 * then. `strayError` says what became of an error that the drive threw by itself; `remaining` is in ms, at least 1.
 */
export function watchIsolate(
  cell: Cell,
  message: RunMessage,
  signal: AbortSignal,
  drive: (remaining: () => number) => Promise<Outcome>,
  strayError: (thrown: unknown) => Outcome['error'],
): Promise<Outcome> {
  return new Promise((resolve) => {
    const { isolate } = cell;
    const startedAt = performance.now();
    const ended = (why: 'memory' | 'timeout' | 'stuck'): Outcome => ({
      logs: [],
      error: endedError(why, message),
    });
    const dispose = () => disposeCell(cell);

    // The engine ends code by itself, but not in every state; this looks from outside, on a thread the code cannot hold.
    let disposedAt: number | undefined;
    const watch = setInterval(() => {
      const now = performance.now();
      if (isolate.isDisposed) disposedAt ??= now;
      if (disposedAt !== undefined && now - disposedAt > PATIENCE_MS)
        settle({ ...ended('memory'), stuck: true });
      else if (now - startedAt > message.timeoutMs + PATIENCE_MS)
        settle({ ...ended('timeout'), stuck: true });
    }, WATCH_EVERY_MS);
    const settle = (outcome: Outcome) => {
      clearInterval(watch);
      signal.removeEventListener('abort', dispose);
      // A stuck isolate would hold this thread as well; the process ends in a moment anyway.
      if (!outcome.stuck) dispose();
      resolve(outcome);
    };
    cell.gaveUp = (why) => settle({ ...ended(/memory/.test(why) ? 'memory' : 'timeout'), stuck: true });
    signal.addEventListener('abort', dispose, { once: true });
    if (signal.aborted) dispose();

    const remaining = () => Math.max(1, Math.ceil(message.timeoutMs - (performance.now() - startedAt)));
    drive(remaining).then(settle, (thrown: unknown) => {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      if (/memory limit|Isolate (is|was) disposed/.test(text)) settle(ended('memory'));
      else if (/execution timed out/.test(text)) settle(ended('timeout'));
      else if (text === STUCK) settle(ended('stuck'));
      else settle({ logs: [], error: strayError(thrown) });
    });
  });
}
