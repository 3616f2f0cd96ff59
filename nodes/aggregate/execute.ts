import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { implement, toMain } from '../implement.ts';
import { copyJson, getPath, hasPath, nameList, parsePath, setPath, unsetPath } from '../paths.ts';
import { aggregate } from './definition.ts';
import { importers } from './import-n8n.ts';

type Input = InputOf<(typeof aggregate)['operations']['default']['fields']>;

export const aggregateNode = implement(
  aggregate,
  {
    default: ({ items, input }) => {
      if (items.length === 0) return toMain([]);
      const parameters = input(0);
      const json =
        parameters.mode === 'all' ? wholeItems(items, parameters) : singleFields(items, parameters);
      const made: Item = { json, source: items.map((_, item) => ({ item })) };
      if (parameters.options.includeFiles) {
        const files = collectFiles(items, parameters.options.uniqueFiles ?? false);
        if (Object.keys(files).length > 0) made.files = files;
      }
      return toMain([made]);
    },
  },
  importers,
);

function singleFields(items: Item[], { fields, options }: Input): JsonObject {
  const dots = options.dotNotation ?? true;
  const json: JsonObject = {};
  for (const { name, rename } of fields) {
    if (name === '') continue;
    const values: unknown[] = [];
    for (const item of items) {
      const value = getPath(item.json, name, dots);
      if (value === undefined || value === null) {
        if (options.keepMissing) values.push(null);
      } else if (options.mergeLists && Array.isArray(value)) values.push(...copyJson(value));
      else values.push(copyJson(value));
    }
    // Without a new name only the last part counts: the list of `customer.email` is called `email`.
    setPath(json, rename || (dots ? (parsePath(name).at(-1) ?? name) : name), values, dots && rename !== '');
  }
  return json;
}

function wholeItems(items: Item[], { destination, include, includeFields, options }: Input): JsonObject {
  const dots = options.dotNotation ?? true;
  const names = nameList(includeFields);
  const list = items.map(({ json }) => {
    if (include === 'all') return copyJson(json);
    if (include === 'except') {
      const copy = copyJson(json);
      for (const name of names) unsetPath(copy, name, dots);
      return copy;
    }
    const picked: JsonObject = {};
    for (const name of names) {
      if (hasPath(json, name, dots)) setPath(picked, name, copyJson(getPath(json, name, dots)), dots);
    }
    return picked;
  });
  // An item of which nothing is left would only be a blank in the list.
  const kept = include === 'all' ? list : list.filter((json) => Object.keys(json).length > 0);
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
