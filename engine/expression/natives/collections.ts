import { toNumber } from '../coerce.ts';
import type { Context } from '../context.ts';
import { asCallback, Native, type NativeCall, table } from '../values.ts';

/** Map, Set, their weak forms and typed arrays. */
export const mapMethods: Record<string, NativeCall> = table<NativeCall>({
  get: (_ctx, self, [key]) => (self as Map<unknown, unknown>).get(key),
  has: (_ctx, self, [key]) => (self as Map<unknown, unknown>).has(key),
  set: (ctx, self, [key, value]) => {
    ctx.grow(20);
    return (self as Map<unknown, unknown>).set(key, value);
  },
  delete: (_ctx, self, [key]) => (self as Map<unknown, unknown>).delete(key),
  clear: (_ctx, self) => (self as Map<unknown, unknown>).clear(),
  keys: (ctx, self) => list(ctx, (self as Map<unknown, unknown>).keys()),
  values: (ctx, self) => list(ctx, (self as Map<unknown, unknown>).values()),
  entries: (ctx, self) => list(ctx, (self as Map<unknown, unknown>).entries()),
  forEach: (ctx, self, [fn]) => (self as Map<unknown, unknown>).forEach(asCallback(ctx, fn)),
});

export const setMethods: Record<string, NativeCall> = table<NativeCall>({
  has: (_ctx, self, [value]) => (self as Set<unknown>).has(value),
  add: (ctx, self, [value]) => {
    ctx.grow(20);
    return (self as Set<unknown>).add(value);
  },
  delete: (_ctx, self, [value]) => (self as Set<unknown>).delete(value),
  clear: (_ctx, self) => (self as Set<unknown>).clear(),
  keys: (ctx, self) => list(ctx, (self as Set<unknown>).values()),
  values: (ctx, self) => list(ctx, (self as Set<unknown>).values()),
  entries: (ctx, self) => list(ctx, (self as Set<unknown>).entries()),
  forEach: (ctx, self, [fn]) => (self as Set<unknown>).forEach(asCallback(ctx, fn)),
});

function list(ctx: Context, values: Iterable<unknown>): unknown[] {
  const all = Array.from(values);
  ctx.grow(all.length);
  return all;
}

export function collectionMethods(value: object): Record<string, NativeCall> | undefined {
  if (value instanceof Map) return mapMethods;
  if (value instanceof Set) return setMethods;
  return undefined;
}

/** size, length, byteLength and elements of collections and typed arrays. */
export function collectionSize(value: object, key: string): unknown {
  if (value instanceof Map || value instanceof Set) return key === 'size' ? value.size : undefined;
  if (ArrayBuffer.isView(value) && 'length' in value) {
    if (key === 'length' || key === 'byteLength') return (value as Uint8Array)[key];
    const index = Number(key);
    return Number.isInteger(index) ? (value as Uint8Array)[index] : undefined;
  }
  if (key === 'byteLength' && isBuffer(value)) return value.byteLength;
  return undefined;
}

const isBuffer = (value: object): value is ArrayBuffer =>
  value instanceof ArrayBuffer ||
  (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer);

/** An iterable of the language as an array; everything else is not iterable. */
export function iterate(ctx: Context, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') {
    ctx.grow(value.length);
    return Array.from(value);
  }
  if (value instanceof Map || value instanceof Set) return list(ctx, value);
  if (typeof value === 'object' && value !== null && ArrayBuffer.isView(value) && 'length' in value) {
    return list(ctx, value as unknown as Iterable<unknown>);
  }
  throw new TypeError('value is not iterable');
}

const mapGlobal = new Native('Map', () => refuseCall('Map'), {
  construct: (ctx, [entries]) =>
    new Map(
      (entries === undefined || entries === null ? [] : iterate(ctx, entries)).map((entry) => {
        ctx.grow(20);
        const pair = iterate(ctx, entry);
        return [pair[0], pair[1]] as const;
      }),
    ),
  statics: table<unknown>({}),
});
const setGlobal = new Native('Set', () => refuseCall('Set'), {
  construct: (ctx, [values]) => {
    const all = values === undefined || values === null ? [] : iterate(ctx, values);
    ctx.grow(all.length * 20);
    return new Set(all);
  },
});

function refuseCall(name: string): never {
  throw new TypeError(`Constructor ${name} requires 'new'`);
}

const TYPED = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};
type AnyTypedArray = new (source: number | unknown[]) => object;

function typedGlobals(): Record<string, Native> {
  const all: Record<string, Native> = {};
  for (const [name, host] of Object.entries(TYPED)) {
    const make = host as unknown as AnyTypedArray;
    all[name] = new Native(name, () => refuseCall(name), {
      construct: (ctx, [source]) => {
        if (typeof source === 'number' || source === undefined) {
          ctx.grow((source ?? 0) * 2);
          return new make(source ?? 0);
        }
        const values = iterate(ctx, source);
        ctx.grow(values.length * 2);
        return new make(
          values.map((value) =>
            name.startsWith('Big') ? BigInt(toNumber(ctx, value)) : toNumber(ctx, value),
          ),
        );
      },
    });
  }
  return all;
}

const buffer = (name: string, make: (length: number) => object) =>
  new Native(name, () => refuseCall(name), {
    construct: (ctx, [length]) => {
      const bytes = toNumber(ctx, length ?? 0);
      ctx.grow(bytes);
      return make(bytes);
    },
  });

export const collectionGlobals: Record<string, unknown> = table<unknown>({
  Map: mapGlobal,
  Set: setGlobal,
  WeakMap: mapGlobal,
  WeakSet: setGlobal,
  ...typedGlobals(),
  ArrayBuffer: buffer('ArrayBuffer', (length) => new ArrayBuffer(length)),
  // Nothing is shared with anyone: the name exists because expressions test for it.
  SharedArrayBuffer: buffer('SharedArrayBuffer', (length) => new ArrayBuffer(length)),
});
