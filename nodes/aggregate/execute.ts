import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, toMain } from '../implement.ts';
import { getPath, hasPath, nameList, only, parsePath, setPath, without } from '../paths.ts';
import { aggregate } from './definition.ts';

type Input = InputOf<(typeof aggregate)['operations']['default']['fields']>;

export const aggregateNode = implement(aggregate, {
  default: async (context) => {
    const { items } = context;
    if (items.length === 0) return toMain([]);
    const parameters = context.input(0);
    const json =
      parameters.mode === 'all'
        ? await wholeItems(context, parameters)
        : await singleFields(context, parameters);
    const made: Item = { json, source: items.map((_, item) => sourceAt(item)) };
    if (parameters.options.includeFiles) {
      const files = collectFiles(items, parameters.options.uniqueFiles ?? false);
      if (Object.keys(files).length > 0) made.files = files;
    }
    return toMain([made]);
  },
});

async function singleFields(
  { items, breathe }: OperationContext<Input>,
  { fields, options }: Input,
): Promise<JsonObject> {
  const dots = options.dotNotation ?? true;
  const json: JsonObject = {};
  for (const [n, { name, rename }] of fields.entries()) {
    if (name === '') continue;
    if (options.failIfMissing && !items.some((item) => hasPath(item.json, name, dots)))
      throw new NodeError('config', `No item has a field “${name}”.`, { field: `fields.${n}.name` });
    const values: unknown[] = [];
    for (const item of items) {
      const pause = breathe();
      if (pause) await pause;
      const value = getPath(item.json, name, dots);
      if (value === undefined || value === null) {
        if (options.keepMissing) values.push(null);
      } else if (options.mergeLists && Array.isArray(value)) for (const one of value) values.push(one);
      else values.push(value);
    }
    // Without a new name only the last part counts: the list of `customer.email` is called `email`.
    setPath(json, rename || (dots ? (parsePath(name).at(-1) ?? name) : name), values, dots && rename !== '');
  }
  return json;
}

async function wholeItems(
  { items, breathe }: OperationContext<Input>,
  { destination, include, includeFields, options }: Input,
): Promise<JsonObject> {
  const dots = options.dotNotation ?? true;
  const names = nameList(includeFields);
  const kept: JsonObject[] = [];
  for (const { json } of items) {
    const pause = breathe();
    if (pause) await pause;
    if (include === 'all') {
      kept.push(json);
      continue;
    }
    const some = include === 'except' ? without(json, names, dots) : only(json, names, dots);
    // An item of which nothing is left would only be a blank in the list.
    if (Object.keys(some).length > 0) kept.push(some);
  }
  const json: JsonObject = {};
  setPath(json, destination, kept, dots);
  return json;
}

/** Files of all items under one roof; names that are taken get a number. */
function collectFiles(items: Item[], unique: boolean): Record<string, FileRef> {
  const files: Record<string, FileRef> = {};
  const seen = new Set<string>();
  for (const item of items) {
    for (const [name, file] of Object.entries(item.files ?? {})) {
      const identity = `${file.mimeType}/${file.sizeBytes}/${file.name ?? ''}`;
      if (unique && seen.has(identity)) continue;
      seen.add(identity);
      let key = name;
      for (let n = 1; key in files; n++) key = `${name}_${n}`;
      files[key] = file;
    }
  }
  return files;
}
