import { joinArray, toNumber, toPrimitive, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { asCallback, type NativeCall, native, table } from '../values.ts';

type Callback = (...args: unknown[]) => unknown;

/** Methods that walk the array once with a callback. */
const walk =
  (
    name:
      | 'map'
      | 'filter'
      | 'find'
      | 'findIndex'
      | 'findLast'
      | 'findLastIndex'
      | 'some'
      | 'every'
      | 'forEach',
  ): NativeCall =>
  (ctx, self, [fn]) => {
    const array = self as unknown[];
    ctx.step(array.length);
    if (name === 'map' || name === 'filter') ctx.grow(array.length);
    const method = array[name] as (callback: Callback) => unknown;
    return Reflect.apply(method, array, [asCallback(ctx, fn)]);
  };

/** Which arguments are positions: those are converted here, the others are values and stay as they are. */
const INDEX_ARGS = {
  at: [0, 1],
  slice: [0, 2],
  with: [0, 1],
  includes: [1, 2],
  indexOf: [1, 2],
  lastIndexOf: [1, 2],
} as const;

const indexes = (ctx: Context, args: readonly unknown[], first: number, last: number): unknown[] =>
  args.map((arg, i) => (i >= first && i < last ? toPrimitive(ctx, arg, 'number') : arg));

/** Methods of the host that only compare or copy. */
const plain =
  (name: 'at' | 'includes' | 'indexOf' | 'lastIndexOf' | 'slice' | 'with'): NativeCall =>
  (ctx, self, args) => {
    const array = self as unknown[];
    ctx.step(array.length >> 3);
    if (name === 'slice' || name === 'with') ctx.grow(array.length);
    const method = array[name] as (...given: unknown[]) => unknown;
    const [first, last] = INDEX_ARGS[name];
    return Reflect.apply(method, array, indexes(ctx, args, first, last));
  };

/** In-place methods. An evaluation that can reach these works on copies of the data; this is the second fence. */
const mutate =
  (name: 'push' | 'unshift' | 'pop' | 'shift' | 'reverse' | 'splice' | 'copyWithin'): NativeCall =>
  (ctx, self, args) => {
    const array = ctx.copiesData ? (self as unknown[]) : [...(self as unknown[])];
    ctx.grow(args.length);
    if (name !== 'push' && name !== 'pop') ctx.step(array.length >> 3);
    const method = array[name] as (...given: unknown[]) => unknown;
    const given =
      name === 'splice' ? indexes(ctx, args, 0, 2) : name === 'copyWithin' ? indexes(ctx, args, 0, 3) : args;
    return Reflect.apply(method, array, given as unknown[]);
  };

/** Sorts with a paid comparison; without a function as text, as the host would, but through our own conversion. */
function sorted(ctx: Context, array: unknown[], compare: unknown): unknown[] {
  ctx.step(array.length * 8);
  ctx.grow(array.length);
  if (compare !== undefined) {
    const callback = asCallback(ctx, compare);
    return array.sort((a, b) => toNumber(ctx, callback(a, b)));
  }
  const keyed = array.map((value) => ({ value, key: value === undefined ? undefined : toText(ctx, value) }));
  keyed.sort((a, b) =>
    a.key === b.key ? 0 : a.key === undefined ? 1 : b.key === undefined ? -1 : a.key < b.key ? -1 : 1,
  );
  keyed.forEach((entry, index) => {
    array[index] = entry.value;
  });
  return array;
}

const reduce =
  (name: 'reduce' | 'reduceRight'): NativeCall =>
  (ctx, self, args) => {
    const array = self as unknown[];
    ctx.step(array.length);
    const method = array[name] as (...given: unknown[]) => unknown;
    return Reflect.apply(method, array, [asCallback(ctx, args[0]), ...args.slice(1)]);
  };

function flat(ctx: Context, array: unknown[], depth: number, into: unknown[]): unknown[] {
  for (const element of array) {
    ctx.step();
    if (Array.isArray(element) && depth >= 1) flat(ctx, element, depth - 1, into);
    else {
      ctx.grow(1);
      into.push(element);
    }
  }
  return into;
}

export const arrayMethods: Record<string, NativeCall> = table<NativeCall>({
  map: walk('map'),
  filter: walk('filter'),
  find: walk('find'),
  findIndex: walk('findIndex'),
  findLast: walk('findLast'),
  findLastIndex: walk('findLastIndex'),
  some: walk('some'),
  every: walk('every'),
  forEach: walk('forEach'),
  at: plain('at'),
  includes: plain('includes'),
  indexOf: plain('indexOf'),
  lastIndexOf: plain('lastIndexOf'),
  slice: plain('slice'),
  with: plain('with'),
  push: mutate('push'),
  unshift: mutate('unshift'),
  pop: mutate('pop'),
  shift: mutate('shift'),
  reverse: mutate('reverse'),
  splice: mutate('splice'),
  copyWithin: mutate('copyWithin'),
  reduce: reduce('reduce'),
  reduceRight: reduce('reduceRight'),
  sort: (ctx, self, [compare]) =>
    sorted(ctx, ctx.copiesData ? (self as unknown[]) : [...(self as unknown[])], compare),
  toSorted: (ctx, self, [compare]) => sorted(ctx, [...(self as unknown[])], compare),
  toReversed: (ctx, self) => {
    ctx.grow((self as unknown[]).length);
    return [...(self as unknown[])].reverse();
  },
  toSpliced: (ctx, self, args) => {
    const array = self as unknown[];
    ctx.grow(array.length + args.length);
    return Reflect.apply(array.toSpliced, array, indexes(ctx, args, 0, 2) as [number, number]);
  },
  fill: (ctx, self, [value, ...range]) => {
    const array = ctx.copiesData ? (self as unknown[]) : [...(self as unknown[])];
    ctx.step(array.length >> 2);
    return array.fill(value, ...(indexes(ctx, range, 0, 2) as number[]));
  },
  concat: (ctx, self, args) => {
    const array = self as unknown[];
    ctx.grow(args.reduce<number>((sum, arg) => sum + (Array.isArray(arg) ? arg.length : 1), array.length));
    return array.concat(...args);
  },
  join: (ctx, self, [separator]) =>
    joinArray(ctx, self as unknown[], separator === undefined ? ',' : toText(ctx, separator), 0),
  flat: (ctx, self, [depth]) =>
    flat(ctx, self as unknown[], depth === undefined ? 1 : toNumber(ctx, depth), []),
  flatMap: (ctx, self, [fn]) => {
    const callback = asCallback(ctx, fn);
    ctx.step((self as unknown[]).length);
    return flat(
      ctx,
      (self as unknown[]).map((value, index) => callback(value, index, self)),
      1,
      [],
    );
  },
  keys: (ctx, self) => {
    ctx.grow((self as unknown[]).length);
    return (self as unknown[]).map((_value, index) => index);
  },
  values: (ctx, self) => {
    ctx.grow((self as unknown[]).length);
    return [...(self as unknown[])];
  },
  entries: (ctx, self) => {
    ctx.grow((self as unknown[]).length * 3);
    return (self as unknown[]).map((value, index) => [index, value]);
  },
  toString: native((ctx, self) => toText(ctx, self)),
  toLocaleString: native((ctx, self) => toText(ctx, toPrimitive(ctx, self))),
  valueOf: native((_ctx, self) => self),
});
