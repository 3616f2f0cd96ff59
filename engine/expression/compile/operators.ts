import type { BinaryOperator } from 'acorn';
import { DateTime, Duration, Interval } from 'luxon';
import { toNumber, toPrimitive, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { limitError } from '../failures.ts';
import { hasMember } from '../members.ts';
import { isPlainObject, Native, Opaque } from '../values.ts';

type Operator = (ctx: Context, a: unknown, b: unknown) => unknown;
type Numeric = number;

/** Both operands as the host may see them: numbers and text fast, objects through our own conversion. */
const numeric =
  (apply: (a: Numeric, b: Numeric) => unknown): Operator =>
  (ctx, a, b) =>
    typeof a === 'number' && typeof b === 'number' ? apply(a, b) : apply(operand(ctx, a), operand(ctx, b));

/** Typed as number: the host's operators accept bigint and text at run time in just the same way. */
const operand = (ctx: Context, value: unknown): Numeric => toPrimitive(ctx, value, 'number') as Numeric;

/** Big integers grow without end, and multiplying them takes ever longer: none gets past some thousand bits. */
const HUGE = 1n << 4096n;
function bounded(value: Numeric): Numeric {
  const size = value as number | bigint;
  if (typeof size === 'bigint' && (size > HUGE || size < -HUGE))
    throw limitError('makes a number that is too large');
  return value;
}
function exponent(base: Numeric, value: Numeric): Numeric {
  const size = value as number | bigint;
  if (typeof (base as number | bigint) === 'bigint' && size > 4096)
    throw limitError('makes a number that is too large');
  return value;
}

export function add(ctx: Context, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const left = toPrimitive(ctx, a);
  const right = toPrimitive(ctx, b);
  if (typeof left !== 'string' && typeof right !== 'string') return (left as number) + (right as number);
  const text = `${left as string}${right as string}`;
  // Concatenation shares memory: what is new is the shorter part, but no text may become huge.
  const added = Math.min(String(left).length, String(right).length);
  ctx.grow(text.length > 5_000_000 ? text.length : added + 1);
  return text;
}

function looselyEqual(ctx: Context, a: unknown, b: unknown): boolean {
  const aIsObject = typeof a === 'object' && a !== null;
  const bIsObject = typeof b === 'object' && b !== null;
  if (aIsObject === bIsObject) {
    // biome-ignore lint/suspicious/noDoubleEquals: this is the language's own ==
    return a == b;
  }
  if (a === null || a === undefined || b === null || b === undefined) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: this is the language's own ==
  return toPrimitive(ctx, a) == toPrimitive(ctx, b);
}

/** `instanceof` by name of the built-in on the right; nothing has a prototype chain. */
function instanceOf(value: unknown, type: unknown): boolean {
  if (!(type instanceof Native)) throw new TypeError("Right-hand side of 'instanceof' is not callable");
  if (typeof value !== 'object' || value === null) return false;
  switch (type.name) {
    case 'Object':
      return true;
    case 'Array':
      return Array.isArray(value);
    case 'Date':
      return value instanceof Date;
    case 'DateTime':
      return value instanceof DateTime;
    case 'Duration':
      return value instanceof Duration;
    case 'Interval':
      return value instanceof Interval;
    case 'Map':
      return value instanceof Map;
    case 'Set':
      return value instanceof Set;
    case 'Error':
      return value instanceof Error;
    default:
      if (value instanceof Opaque) return value.typeName === type.name;
      return value instanceof Error && !isPlainObject(value) && value.name === type.name;
  }
}

export const OPERATORS: Record<Exclude<BinaryOperator, 'private-in'>, Operator> = {
  '+': add,
  '-': numeric((a, b) => a - b),
  '*': numeric((a, b) => bounded(a) * bounded(b)),
  '/': numeric((a, b) => a / b),
  '%': numeric((a, b) => a % b),
  '**': numeric((a, b) => bounded(a) ** exponent(a, b)),
  '&': numeric((a, b) => a & b),
  '|': numeric((a, b) => a | b),
  '^': numeric((a, b) => a ^ b),
  '<<': numeric((a, b) => bounded(a) << exponent(a, b)),
  '>>': numeric((a, b) => a >> b),
  '>>>': numeric((a, b) => a >>> b),
  '<': numeric((a, b) => a < b),
  '>': numeric((a, b) => a > b),
  '<=': numeric((a, b) => a <= b),
  '>=': numeric((a, b) => a >= b),
  '==': looselyEqual,
  '!=': (ctx, a, b) => !looselyEqual(ctx, a, b),
  '===': (_ctx, a, b) => a === b,
  '!==': (_ctx, a, b) => a !== b,
  in: (ctx, a, b) => hasMember(ctx, b, a),
  instanceof: (_ctx, a, b) => instanceOf(a, b),
};

export const UNARY: Record<string, (ctx: Context, value: unknown) => unknown> = {
  '!': (_ctx, value) => !value,
  '-': (ctx, value) => -operand(ctx, value),
  '+': (ctx, value) => toNumber(ctx, value),
  '~': (ctx, value) => ~operand(ctx, value),
  void: () => undefined,
};

/** Text of a value inside a template literal. */
export const interpolate = (ctx: Context, value: unknown): string => {
  const text = toText(ctx, value);
  ctx.grow(text.length);
  return text;
};
