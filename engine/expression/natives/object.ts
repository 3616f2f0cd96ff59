import { toKey, toText } from '../coerce.ts';
import { type Context, defineField } from '../context.ts';
import { fieldsOf } from '../fields.ts';
import { asCallback, isPlainObject, Native, table } from '../values.ts';
import { iterate } from './collections.ts';

const fn = (name: string, call: (ctx: Context, args: readonly unknown[]) => unknown): Native =>
  new Native(name, (ctx, _self, args) => call(ctx, args));

function fields(ctx: Context, value: unknown): [string, unknown][] {
  if (value === null || value === undefined)
    throw new TypeError('Cannot convert undefined or null to object');
  return fieldsOf(ctx, value);
}

const make = (_ctx: Context, [value]: readonly unknown[]): unknown =>
  typeof value === 'object' && value !== null ? value : {};

function assign(ctx: Context, [target, ...sources]: readonly unknown[]): unknown {
  if (!isPlainObject(target) && !Array.isArray(target)) throw new TypeError('Object.assign needs an object');
  // Whoever can reach this works on copies of the data (Context.data); frozen values are the engine's own.
  const into = ctx.copiesData && !Object.isFrozen(target) ? target : { ...target };
  for (const source of sources) {
    if (source === null || source === undefined) continue;
    for (const [key, value] of fieldsOf(ctx, source)) defineField(into, toKey(ctx, key), value);
  }
  return into;
}

function fromEntries(ctx: Context, [entries]: readonly unknown[]): unknown {
  const result: Record<string, unknown> = {};
  for (const entry of iterate(ctx, entries)) {
    const pair = iterate(ctx, entry);
    ctx.grow(1);
    result[toKey(ctx, pair[0])] = pair[1];
  }
  return result;
}

function groupBy(ctx: Context, [values, fnValue]: readonly unknown[]): unknown {
  const callback = asCallback(ctx, fnValue);
  const groups: Record<string, unknown[]> = {};
  iterate(ctx, values).forEach((value, index) => {
    const key = toKey(ctx, callback(value, index));
    ctx.grow(1);
    if (Object.hasOwn(groups, key)) groups[key]!.push(value);
    else groups[key] = [value];
  });
  return groups;
}

/** Only what reads and builds data: nothing that defines accessors or touches prototypes. */
export const objectGlobal = new Native('Object', (ctx, _self, args) => make(ctx, args), {
  construct: make,
  statics: table<unknown>({
    keys: fn('keys', (ctx, [value]) => fields(ctx, value).map(([key]) => key)),
    values: fn('values', (ctx, [value]) => fields(ctx, value).map(([, field]) => field)),
    entries: fn('entries', (ctx, [value]) => fields(ctx, value)),
    getOwnPropertyNames: fn('getOwnPropertyNames', (ctx, [value]) => fields(ctx, value).map(([key]) => key)),
    assign: fn('assign', assign),
    fromEntries: fn('fromEntries', fromEntries),
    groupBy: fn('groupBy', groupBy),
    is: fn('is', (_ctx, [a, b]) => Object.is(a, b)),
    hasOwn: fn(
      'hasOwn',
      (ctx, [value, key]) =>
        typeof value === 'object' &&
        value !== null &&
        fields(ctx, value).some(([name]) => name === toText(ctx, key)),
    ),
    create: fn('create', () => ({})),
    freeze: fn('freeze', (_ctx, [value]) => value),
    seal: fn('seal', (_ctx, [value]) => value),
    isFrozen: fn('isFrozen', () => false),
    isSealed: fn('isSealed', () => false),
  }),
});
