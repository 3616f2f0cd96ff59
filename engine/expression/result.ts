import { DateTime, Duration, Interval } from 'luxon';
import { type Context, defineField } from './context.ts';
import { limitError } from './failures.ts';
import { isPlainObject, Native, Opaque, View } from './values.ts';

/**
 * The value that leaves an evaluation. `built`: the expression may have put it together itself, then it is copied and
 * paid for node by node: shared parts and circles, cheap in memory, would hurt whoever writes the value out.
 */
export function finishResult(ctx: Context, value: unknown, built: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!built && (Array.isArray(value) || isPlainObject(value))) return value;
  return copyOut(ctx, value, []);
}

function copyOut(ctx: Context, value: unknown, path: object[]): unknown {
  ctx.step();
  if (typeof value === 'function' || value instanceof Native) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Opaque) return value.toString();
  if (
    value instanceof Date ||
    value instanceof DateTime ||
    value instanceof Duration ||
    value instanceof Interval
  )
    return value;
  if (path.includes(value)) return '[Circular]';
  if (path.length > 200) throw limitError('makes data that is nested too deeply');
  ctx.step(4);
  path.push(value);
  const copy = copyObject(ctx, value, path);
  path.pop();
  return copy;
}

const isValueObject = (value: object): boolean =>
  value instanceof Map || value instanceof Set || value instanceof Error || ArrayBuffer.isView(value);

function copyObject(ctx: Context, value: object, path: object[]): unknown {
  if (Array.isArray(value)) {
    ctx.grow(value.length);
    return value.map((element) => copyOut(ctx, element, path));
  }
  if (value instanceof View) {
    const copy: Record<string, unknown> = {};
    for (const key of value.keys) copy[key] = copyOut(ctx, value.read(key), path);
    return copy;
  }
  if (!isPlainObject(value)) return isValueObject(value) ? value : {};
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    ctx.grow(1);
    const element = copyOut(ctx, value[key], path);
    if (element !== undefined) defineField(copy, key, element);
  }
  return copy;
}
