import { NodeError } from '#engine/errors.ts';

/** Deeper values cannot be written as JSON again. */
const MAX_DEPTH = 500;
/** Parsing takes the thread in one go: some 200 ms for so much. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** The value that a JSON text holds. Throws NodeError(limit), or SyntaxError for what is no JSON. */
export function parseJsonText(text: string): unknown {
  if (text.length > MAX_CHARACTERS)
    throw new NodeError('limit', 'The JSON is too large: at most 32 MB can be read.', { retryable: false });
  const value: unknown = JSON.parse(text);
  if (isDeeperThan(value, MAX_DEPTH))
    throw new NodeError('limit', `The JSON is nested more than ${MAX_DEPTH} levels deep.`, {
      retryable: false,
    });
  return value;
}

function isDeeperThan(value: unknown, limit: number): boolean {
  const todo: [unknown, number][] = [[value, 0]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [current, depth] = next;
    if (typeof current !== 'object' || current === null) continue;
    if (depth >= limit) return true;
    for (const inner of Object.values(current)) if (typeof inner === 'object') todo.push([inner, depth + 1]);
  }
  return false;
}
