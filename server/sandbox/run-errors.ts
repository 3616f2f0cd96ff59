import type { NodeErrorData } from '#engine/errors.ts';
import type { RunMessage } from './protocol.ts';

/** The user's code under this name in stack traces. */
export const FILE_NAME = 'user-code';

export interface GuestFailure {
  name?: unknown;
  message?: unknown;
  stack?: unknown;
  itemIndex?: unknown;
  /** A budget of ours was hit. */
  limit?: unknown;
}

const failure = (
  kind: NodeErrorData['kind'],
  message: string,
  more: Partial<NodeErrorData> = {},
): NodeErrorData => ({
  kind,
  message,
  field: 'source',
  retryable: false,
  ...more,
});

/** Code that was ended from outside. */
export function endedError(
  why: 'memory' | 'timeout' | 'stuck',
  { timeoutMs, memoryMb }: RunMessage,
): NodeErrorData {
  if (why === 'memory') {
    return failure('limit', `The code used more than its ${memoryMb} MB of memory.`, {
      detail: 'Work on fewer items at a time, or raise the memory limit of the node.',
    });
  }
  const text =
    why === 'timeout'
      ? `The code took longer than ${timeoutMs} ms.`
      : 'The code awaits something that never happens.';
  return failure('timeout', text, why === 'timeout' ? { detail: 'Is there a loop that never ends?' } : {});
}

/** An error that the code threw: its message, then where, as in n8n: `x is not defined [line 3]`. */
export function guestError(thrown: GuestFailure, { source, mode }: RunMessage): NodeErrorData {
  const itemIndex = Number.isInteger(thrown.itemIndex) ? (thrown.itemIndex as number) : undefined;
  const more = itemIndex === undefined ? {} : { itemIndex };
  if (typeof thrown.limit === 'string') return failure('limit', thrown.limit, more);
  const name = typeof thrown.name === 'string' ? thrown.name : '';
  const message =
    typeof thrown.message === 'string' && thrown.message !== '' ? thrown.message : name || 'Unknown error';
  const line = lineOf(thrown.stack, source);
  const where = [
    line === undefined ? '' : `line ${line}`,
    mode === 'each-item' && itemIndex !== undefined ? `for item ${itemIndex}` : '',
  ].filter(Boolean);
  const kind = message === 'Array buffer allocation failed' ? 'limit' : 'config';
  const text = where.length > 0 ? `${message} [${where.join(', ')}]` : message;
  return failure(kind, text, { ...more, ...(name && name !== 'Error' ? { detail: name } : {}) });
}

/** isolated-vm ends such messages with the place: `Unexpected token '}' [user-code:3:5]`. */
export function syntaxError(thrown: Error, { source }: RunMessage): NodeErrorData {
  const [, text, line] = /^(.*?)\s*\[user-code:(-?\d+):\d+\]$/s.exec(thrown.message) ?? [
    undefined,
    thrown.message,
  ];
  const where = line === undefined ? '' : ` [line ${within(Number(line), source)}]`;
  return failure('config', `${text}${where}`, { detail: 'SyntaxError' });
}

/** The innermost place in the user's code. The message stands at the head of a stack and is passed over. */
function lineOf(stack: unknown, source: string): number | undefined {
  if (typeof stack !== 'string') return undefined;
  for (const row of stack.split('\n')) {
    const found = /^\s+at .*\buser-code:(\d+):\d+\)?$/.exec(row);
    if (found) return within(Number(found[1]), source);
  }
  return undefined;
}

/** A missing bracket shows only in the line that we put behind the code. */
const within = (line: number, source: string): number =>
  Math.max(1, Math.min(line, source.split('\n').length));
