import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { coerce, tryCoerce } from '../coerce.ts';
import type { Assignment } from '../fields.ts';
import { forEachItem, implement } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { copyJson, getPath, hasPath, isPlain, nameList, setPath, unsetPath } from '../paths.ts';
import { set } from './definition.ts';
import { importers } from './import-n8n.ts';

export const setNode = implement(
  set,
  {
    default: (context) =>
      forEachItem(context, (item, itemIndex, input) => {
        const dots = input.options.dotNotation ?? true;
        const json = otherFields(item.json, input.includeOther, nameList(input.otherFields), dots);
        if (input.mode === 'json') {
          Object.assign(json, objectOf(jsonValue(context, 'json', input.json, itemIndex), itemIndex));
        } else {
          const lenient = input.options.ignoreConversionErrors ?? false;
          input.fields.forEach((row, row_) => {
            if (row.name !== '')
              setPath(json, row.name, valueFor(row, lenient, `fields.${row_}.value`, itemIndex), dots);
          });
        }
        const made: Item = { json, source: { item: itemIndex } };
        if (item.files && !input.options.dropFiles) made.files = item.files;
        return made;
      }),
  },
  importers,
);

function valueFor(row: Assignment, lenient: boolean, field: string, itemIndex: number): unknown {
  if (!lenient) return coerce(row.value, row.type, { name: row.name, field, itemIndex });
  return tryCoerce(row.value, row.type) ?? copyJson(row.value) ?? null;
}

function otherFields(json: JsonObject, include: string, names: string[], dots: boolean): JsonObject {
  if (include === 'none') return {};
  if (include === 'selected') {
    const picked: JsonObject = {};
    for (const name of names) {
      if (hasPath(json, name, dots)) setPath(picked, name, copyJson(getPath(json, name, dots)), dots);
    }
    return picked;
  }
  const copy = copyJson(json);
  if (include === 'except') for (const name of names) unsetPath(copy, name, dots);
  return copy;
}

function objectOf(value: unknown, itemIndex: number): JsonObject {
  if (isPlain(value)) return value;
  const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  throw new NodeError('config', `JSON must be an object, but got ${what}.`, { field: 'json', itemIndex });
}
