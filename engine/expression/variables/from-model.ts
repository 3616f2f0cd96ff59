import { toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { isPlainObject } from '../values.ts';
import { inputItems } from './items.ts';

/** `$fromAI(key, description?, type?, default?)`: what the model filled in when it called the node as its tool. */
export function fromModel(ctx: Context, [key, , , fallback]: readonly unknown[]): unknown {
  const name = key === undefined ? '' : toText(ctx, key);
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new ExpressionError('$fromAI needs a key of 1 to 64 letters, digits, underscores or hyphens');
  }
  const json = inputItems(ctx)[ctx.itemIndex]?.json;
  const query = json?.query;
  for (const source of [query, json]) {
    if (isPlainObject(source) && Object.hasOwn(source, name)) return ctx.data(source[name]);
  }
  if (fallback !== undefined) return fallback;
  throw new ExpressionError(`No value for '${name}': it is filled in when a model calls this node as a tool`);
}

/** `$tool`: the name under which a model called this node, and the arguments it gave. */
export function calledTool(ctx: Context): unknown {
  const json = inputItems(ctx)[ctx.itemIndex]?.json;
  if (json === undefined || !Object.hasOwn(json, 'tool')) return undefined;
  const { tool, ...parameters } = json;
  return { name: tool, parameters: ctx.data(parameters) };
}
