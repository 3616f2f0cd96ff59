import type { Item, ItemSource, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { InputOf } from '../fields.ts';
import { implement } from '../implement.ts';
import { getPath, hasPath, nameList, setPath, shallowCopy } from '../paths.ts';
import { compareDatasets } from './definition.ts';
import { type EqualRule, isEqual } from './equal.ts';
import { type Placed, pairUp } from './pairs.ts';

type Input = InputOf<(typeof compareDatasets)['operations']['default']['fields']>;

export const compareDatasetsNode = implement(compareDatasets, {
  default: async (context) => {
    const input = context.input(0);
    const { options } = input;
    const rule = { fuzzy: options.fuzzy ?? false, strictMissing: options.strictMissing ?? false };
    const { pairs, onlyA, onlyB } = pairUp(context.inputs.input1 ?? [], context.inputs.input2 ?? [], {
      fieldsA: input.match.map((row) => row.fieldA),
      fieldsB: input.match.map((row) => row.fieldB || row.fieldA),
      dots: options.dotNotation ?? true,
      fuzzy: rule.fuzzy,
      firstOnly: (options.multipleMatches ?? 'first') === 'first',
    });
    const same: Item[] = [];
    const different: Item[] = [];
    for (const { a, b } of pairs) {
      const pause = context.breathe();
      if (pause) await pause;
      const found = differences(a.item.json, b.item.json, input, rule);
      const source = [sourceAt(a.index), sourceOfB(b)];
      if (found.length === 0) same.push({ ...preferred(input, a, b).item, source });
      else different.push({ ...resolved(input, a, b, found, rule), source });
    }
    return {
      outputs: {
        'only-a': onlyA.map(({ item, index }) => ({ ...item, source: sourceAt(index) })),
        same,
        different,
        'only-b': onlyB.map((b) => ({ ...b.item, source: sourceOfB(b) })),
      },
    };
  },
});

const sourceOfB = ({ index }: Placed): ItemSource => ({ item: index, port: 'input2' });

const preferred = ({ resolve, prefer }: Input, a: Placed, b: Placed): Placed =>
  resolve === 'b' || (resolve === 'mix' && prefer === 'b') ? b : a;

/** Names of the fields that count and differ. */
function differences(a: JsonObject, b: JsonObject, input: Input, rule: EqualRule): string[] {
  const dots = input.options.dotNotation ?? true;
  const skip = nameList(input.options.skipFields);
  const [restA, restB] = [leftOver(a, skip, dots), leftOver(b, skip, dots)];
  // Fields that were matched under two names are on one side only, but are known to be equal.
  const matched = new Set(
    input.match
      .filter(({ fieldA, fieldB }) => fieldB !== '' && fieldB !== fieldA)
      .flatMap((m) => [m.fieldA, m.fieldB]),
  );
  const names = new Set([...Object.keys(restA), ...Object.keys(restB)]);
  return [...names].filter((name) => !matched.has(name) && !isEqual(restA[name], restB[name], rule));
}

function leftOver(json: JsonObject, skip: string[], dots: boolean): JsonObject {
  if (skip.length === 0) return json;
  const copy = shallowCopy(json);
  // Set to the same value on both sides rather than removed, so that an object keeps its other fields.
  for (const name of skip) if (hasPath(copy, name, dots)) setPath(copy, name, undefined, dots);
  return copy;
}

function resolved(input: Input, a: Placed, b: Placed, found: string[], rule: EqualRule): Item {
  if (input.resolve === 'a') return a.item;
  if (input.resolve === 'b') return b.item;
  return input.resolve === 'mix'
    ? mixed(input, a, b)
    : { json: report(input, a.item.json, b.item.json, found, rule) };
}

function mixed(input: Input, a: Placed, b: Placed): Item {
  const dots = input.options.dotNotation ?? true;
  const [main, other] = input.prefer === 'b' ? [b, a] : [a, b];
  const json = shallowCopy(main.item.json);
  for (const name of nameList(input.except)) {
    const value = getPath(other.item.json, name, dots);
    setPath(json, name, value === undefined ? null : value, dots);
  }
  return { ...main.item, json };
}

/** `{keys, same, different}`, and `skipped` where fields that do not count differ. */
function report(input: Input, a: JsonObject, b: JsonObject, found: string[], rule: EqualRule): JsonObject {
  const { options } = input;
  const dots = options.dotNotation ?? true;
  const nameA = options.nameA || 'inputA';
  const nameB = options.nameB || 'inputB';
  const both = (name: string) => ({ [nameA]: a[name] ?? null, [nameB]: b[name] ?? null });
  const keys: JsonObject = {};
  for (const { fieldA } of input.match) setPath(keys, fieldA, getPath(a, fieldA, dots), false);
  const skipped = nameList(options.skipFields).filter(
    (name) => !isEqual(getPath(a, name, dots), getPath(b, name, dots), rule),
  );
  const apart = new Set([...found, ...skipped]);
  const same: JsonObject = {};
  for (const [name, value] of [...Object.entries(a), ...Object.entries(b)])
    if (name !== '__proto__' && !apart.has(name) && !Object.hasOwn(same, name)) same[name] = value;
  const result: JsonObject = {
    keys,
    same,
    different: Object.fromEntries(found.map((name) => [name, both(name)])),
  };
  if (skipped.length > 0)
    result.skipped = Object.fromEntries(
      skipped.map((name) => [
        name,
        { [nameA]: getPath(a, name, dots) ?? null, [nameB]: getPath(b, name, dots) ?? null },
      ]),
    );
  return result;
}
