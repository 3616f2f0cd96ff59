import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { ExecuteContext } from '#engine/node.ts';
import { MAX_OUTPUT_ITEMS, tooManyItems } from '#engine/output-size.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { getPath, isPlain, nameList, only, shallowCopy, without } from '../paths.ts';
import { splitOut } from './definition.ts';

type Input = InputOf<(typeof splitOut)['operations']['default']['fields']>;

/** A name that stands for the files of an item, as if they were a list. */
const FILES = '$binary';

export const splitOutNode = implement(splitOut, {
  default: (context) => {
    demandLists(context);
    let made = 0;
    const step = () => {
      // lists of lists grow fast: too many would fill the memory before anybody counts them
      if (++made > MAX_OUTPUT_ITEMS) throw tooManyItems(made);
      return context.breathe();
    };
    return forEachItem(context, (item, itemIndex, input) => split(item, itemIndex, input, step));
  },
});

/** All items are looked at before any is split: a failure is one of the node, not of an item. */
function demandLists({ items, input }: OperationContext<Input>): void {
  for (const [itemIndex, item] of items.entries()) {
    const { fields, options } = input(itemIndex);
    if (!options.failIfNoList) return;
    for (const name of namesOf(fields)) {
      const value =
        name === FILES ? (item.files ?? {}) : getPath(item.json, name, options.dotNotation ?? true);
      if (typeof value === 'object' && value !== null) continue;
      const what = value === undefined ? 'does not exist' : 'holds no list';
      throw new NodeError('config', `The field “${name}” ${what}.`, { field: 'fields', itemIndex });
    }
  }
}

const namesOf = (fields: string) => nameList(fields).map((name) => name.replace(/^\$json\./, ''));

async function split(
  item: Item,
  itemIndex: number,
  input: Input,
  step: ExecuteContext['breathe'],
): Promise<Item[]> {
  const dots = input.options.dotNotation ?? true;
  const names = namesOf(input.fields);
  const targets = nameList(input.options.destination);
  const lists = names.map((name) =>
    name === FILES ? Object.entries(item.files ?? {}) : elements(item.json, name, dots),
  );
  const length = Math.max(0, ...lists.map((list) => list.length));
  const rest = beside(item.json, names, input, dots);
  const source = sourceAt(itemIndex);
  const result: Item[] = [];
  for (let i = 0; i < length; i++) {
    const pause = step();
    if (pause) await pause;
    const json = { ...rest };
    const made: Item = { json, source };
    if (input.options.includeFiles && item.files) made.files = item.files;
    for (const [n, name] of names.entries()) {
      const value: unknown = lists[n]![i];
      if (name === FILES) {
        if (value !== undefined)
          made.files = Object.fromEntries([value as [string, NonNullable<Item['files']>[string]]]);
      } else put(json, value, name, targets[n], names.length === 1 && input.include === 'none');
    }
    result.push(made);
  }
  return result;
}

/** A list as it is; an object's values; anything else is a list of one; a missing field is an empty list. */
function elements(json: JsonObject, name: string, dots: boolean): unknown[] {
  const value = getPath(json, name, dots);
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  return isPlain(value) ? Object.values(value) : [value];
}

/**
 * An object that is split out alone becomes the item itself; everything else goes under a name. That is one key even if
 * it has dots: the made item has a field called like the one that was split.
 */
function put(json: JsonObject, value: unknown, name: string, target: string | undefined, alone: boolean) {
  if (target === undefined && alone && isPlain(value)) Object.assign(json, shallowCopy(value));
  else if (value !== undefined) json[target ?? name] = value;
}

/** The other fields that every made item repeats. */
function beside(json: JsonObject, names: string[], input: Input, dots: boolean): JsonObject {
  if (input.include === 'selected') return only(json, nameList(input.otherFields), dots);
  return input.include === 'all' ? without(json, names, dots) : {};
}
