import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { canonical } from '../canonical.ts';
import type { InputOf } from '../fields.ts';
import { derive, implement, type OperationContext, passOn, toMain } from '../implement.ts';
import { getPath, hasPath, nameList, only, without } from '../paths.ts';
import { removeDuplicates } from './definition.ts';
import { forget, sendOnNew } from './seen.ts';

type Input = InputOf<(typeof removeDuplicates)['operations']['within']['fields']>;

export const removeDuplicatesNode = implement(removeDuplicates, {
  within: async (context) =>
    toMain(context.items.length === 0 ? [] : await firstOfEach(context, context.input(0))),
  seen: sendOnNew,
  forget,
});

async function firstOfEach(context: OperationContext<Input>, input: Input): Promise<Item[]> {
  const names = nameList(input.fields);
  const dots = input.options.dotNotation ?? true;
  const seen = new Set<string>();
  const kept: Item[] = [];
  for (const [index, item] of context.items.entries()) {
    const pause = context.breathe();
    if (pause) await pause;
    if (input.compare === 'selected' && input.options.failIfMissing) demand(item.json, names, dots, index);
    const text = canonical(comparedPart(item.json, input.compare, names, dots));
    const key = input.options.ignoreCase ? text.toLowerCase() : text;
    if (seen.has(key)) continue;
    seen.add(key);
    const shrinks = input.compare === 'selected' && input.options.removeOtherFields;
    kept.push(shrinks ? derive(item, index, only(item.json, names, dots)) : passOn(item, index));
  }
  return kept;
}

function demand(json: JsonObject, names: string[], dots: boolean, itemIndex: number): void {
  const missing = names.find((name) => !hasPath(json, name, dots));
  if (missing === undefined) return;
  throw new NodeError('config', `The field “${missing}” is missing from some items.`, {
    field: 'fields',
    itemIndex,
  });
}

function comparedPart(json: JsonObject, compare: Input['compare'], names: string[], dots: boolean): unknown {
  if (compare === 'all') return json;
  if (compare === 'except') return without(json, names, dots);
  // A field that is missing is not the same as one that is null.
  return names.map((name) => (hasPath(json, name, dots) ? [getPath(json, name, dots)] : []));
}
