import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import { coerce, tryCoerce } from '../coerce.ts';
import type { Assignment } from '../fields.ts';
import { forEachItem, implement } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { copyJson, isPlain, nameList, only, setPath, shallowCopy, without } from '../paths.ts';
import { set } from './definition.ts';

export const setNode = implement(set, {
  default: (context) =>
    forEachItem(context, (item, itemIndex, input) => {
      const dots = input.options.dotNotation ?? true;
      const json = otherFields(item.json, input.includeOther, input.otherFields, dots);
      if (input.mode === 'json') {
        Object.assign(json, objectOf(jsonValue(context, 'json', input.json, itemIndex), itemIndex));
      } else {
        const lenient = input.options.ignoreConversionErrors ?? false;
        for (let n = 0; n < input.fields.length; n++) {
          const row = input.fields[n]!;
          if (row.name !== '') setPath(json, row.name, valueFor(row, lenient, n, itemIndex), dots);
        }
      }
      const source = sourceAt(itemIndex);
      return item.files && !input.options.dropFiles ? { json, files: item.files, source } : { json, source };
    }),
});

function valueFor(row: Assignment, lenient: boolean, place: number, itemIndex: number): unknown {
  const value = tryCoerce(row.value, row.type);
  if (value !== undefined) return value;
  if (lenient) return copyJson(row.value) ?? null;
  return coerce(row.value, row.type, { name: row.name, field: `fields.${place}.value`, itemIndex });
}

function otherFields(json: JsonObject, include: string, names: string, dots: boolean): JsonObject {
  if (include === 'none') return {};
  if (include === 'selected') return only(json, nameList(names), dots);
  return include === 'except' ? without(json, nameList(names), dots) : shallowCopy(json);
}

function objectOf(value: unknown, itemIndex: number): JsonObject {
  if (isPlain(value)) return value;
  const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  throw new NodeError('config', `JSON must be an object, but got ${what}.`, { field: 'json', itemIndex });
}
