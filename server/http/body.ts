import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';

/** The whole body; refuses what is larger than `maxBytes` without keeping it. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${maxBytes} bytes.`, { maxBytes });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    return Promise.reject(tooLarge());
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        chunks.length = 0;
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () =>
      reject(new AppError('BAD_REQUEST', 'The caller went away before the body was complete.')),
    );
  });
}

/** Deep JSON overflows the stack of whoever walks it later; nobody nests this deep on purpose. */
export const MAX_DEPTH = 200;

/** Body as data, by content type. Throws BAD_REQUEST for JSON that is none. */
export function parseBody(body: Buffer, contentType: string): unknown {
  if (body.length === 0) return {};
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/json' || type.endsWith('+json')) return parseJson(body.toString('utf8'));
  if (type === 'application/x-www-form-urlencoded')
    return fromPairs(new URLSearchParams(body.toString('utf8')));
  if (type.startsWith('text/') || type.endsWith('xml') || type === '')
    return textOrJson(body.toString('utf8'), type);
  return { contentType: type, base64: body.toString('base64') };
}

function textOrJson(text: string, type: string): unknown {
  const looksLikeJson = type === '' && /^\s*[[{]/.test(text);
  return looksLikeJson ? parseJson(text) : text;
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('BAD_REQUEST', `The body is not valid JSON: ${(error as Error).message}`);
  }
  if (isDeeperThan(value, MAX_DEPTH))
    throw new AppError('BAD_REQUEST', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  return value;
}

/** Walks with its own stack, so that the check itself cannot overflow. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  const todo: [unknown, number][] = [[value, 1]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [current, depth] = next;
    if (current === null || typeof current !== 'object') continue;
    if (depth > limit) return true;
    for (const inner of Object.values(current)) todo.push([inner, depth + 1]);
  }
  return false;
}

/** `a=1&a=2` gives a list; prototypes of other objects cannot be reached by name. */
export function fromPairs(pairs: Iterable<[string, string]>): Record<string, string | string[]> {
  const result = new Map<string, string | string[]>();
  for (const [key, value] of pairs) {
    const before = result.get(key);
    result.set(key, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(result);
}
