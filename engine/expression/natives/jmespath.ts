import jmespath from 'jmespath';
import { toKey } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError, limitError } from '../failures.ts';
import { jsonTree } from './json.ts';

const MAX_QUERY = 2000;
const MAX_GROWTH = 10_000;

/**
 * `$jmespath(data, query)`. The library reads fields with plain member access, so it works on a JSON copy whose objects
 * have no prototype: no spelling of a name in the query reaches anything inherited, and data cannot be changed.
 */
export function query(ctx: Context, [data, path]: readonly unknown[]): unknown {
  if (typeof path !== 'string')
    throw new ExpressionError('$jmespath needs a query text as its second argument');
  if (typeof data !== 'object' || data === null) {
    throw new ExpressionError('$jmespath needs an object or array as its first argument');
  }
  if (path.length > MAX_QUERY) throw new ExpressionError('The jmespath query is too long');
  for (const [name] of path.matchAll(/\w+/g)) toKey(ctx, name);
  const before = ctx.steps;
  const tree = bare(jsonTree(ctx, data));
  ctx.grow((before - ctx.steps) * growth(path));
  ctx.step(path.length);
  return jsonTree(ctx, search(tree, path));
}

function search(tree: unknown, path: string): unknown {
  try {
    return withPrototype(jmespath.search(tree, path));
  } catch (error) {
    throw new ExpressionError(
      `Invalid jmespath query: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Every list of several expressions multiplies what flows through it; a chain of them would grow without bound. */
function growth(path: string): number {
  let product = 1;
  const open: { multiplies: boolean; parts: number }[] = [];
  for (const char of path) {
    if (char === '[' || char === '{' || char === '(') open.push({ multiplies: char !== '(', parts: 1 });
    else if (char === ',') {
      const group = open.at(-1);
      if (group) group.parts++;
    } else if (char === ']' || char === '}' || char === ')') {
      const group = open.pop();
      if (group?.multiplies) product *= group.parts;
    }
    if (product > MAX_GROWTH) throw limitError('has a jmespath query that makes too much data');
  }
  return product;
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, field] of Object.entries(value)) copy[key] = bare(field);
  return copy;
}

/** Back to ordinary objects, and null where the library found nothing. */
function withPrototype(value: unknown, depth = 0): unknown {
  if (depth > 200 || typeof value === 'function') return null;
  if (Array.isArray(value)) return value.map((element) => withPrototype(element, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, field]) => [key, withPrototype(field, depth + 1)]));
}
