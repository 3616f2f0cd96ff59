import type { NodeErrorData } from '#engine/errors.ts';
import { MAX_RESULT_CHARS, type RunMessage } from './protocol.ts';
import { endedError } from './run-errors.ts';

export interface PythonFailure {
  message?: unknown;
  line?: unknown;
  column?: unknown;
  itemIndex?: unknown;
  memory?: unknown;
  tooLarge?: unknown;
}

/** An error of the code: Python's own words, then where: `NameError: name 'x' is not defined [line 3, column 5]`. */
export function pythonError(failure: PythonFailure, message: RunMessage): NodeErrorData {
  if (failure.memory === true) return endedError('memory', message);
  const itemIndex = whole(failure.itemIndex);
  const more = {
    field: 'source',
    retryable: false,
    ...(itemIndex === undefined ? {} : { itemIndex }),
  };
  if (failure.tooLarge === true) {
    const text = `The code returned more than ${MAX_RESULT_CHARS / 1024 / 1024} MB.`;
    return { kind: 'limit', message: text, ...more };
  }
  const text = typeof failure.message === 'string' ? failure.message.slice(0, 4000) : 'Unknown error';
  const [line, column] = [whole(failure.line), whole(failure.column)];
  const where = [
    line === undefined ? '' : `line ${line}`,
    line === undefined || column === undefined ? '' : `column ${column}`,
    itemIndex === undefined ? '' : `for item ${itemIndex}`,
  ].filter(Boolean);
  return {
    kind: 'config',
    message: where.length > 0 ? `${text} [${where.join(', ')}]` : text,
    ...more,
  };
}

const whole = (value: unknown): number | undefined =>
  Number.isInteger(value) ? (value as number) : undefined;
