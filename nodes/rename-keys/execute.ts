import type { JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { getPath, hasPath, isPlain, setPath, shallowCopy, unsetPath } from '../paths.ts';
import { compilePattern, type Pattern } from '../pattern.ts';
import { renameKeys } from './definition.ts';

type Input = InputOf<(typeof renameKeys)['operations']['default']['fields']>;

export const renameKeysNode = implement(renameKeys, {
  default: (context) => {
    const names: Names = new Map();
    return forEachItem(context, (item, itemIndex, input) => {
      const json = shallowCopy(item.json);
      renameOneByOne(json, input);
      return derive(item, itemIndex, renameByPatterns(json, input, names));
    });
  },
});

function renameOneByOne(json: JsonObject, { fields, options }: Input): void {
  const dots = options.dotNotation ?? true;
  for (const { from, to } of fields) {
    if (from === '' || to === '' || from === to || !hasPath(json, from, dots)) continue;
    const value = getPath(json, from, dots);
    unsetPath(json, from, dots);
    setPath(json, to, value, dots);
  }
}

/** New names by pattern and old name: many items have the same few fields. */
type Names = Map<string, Map<string, string>>;
const MAX_NAMES = 10_000;

function renameByPatterns(json: JsonObject, { patterns }: Input, names: Names): JsonObject {
  let result = json;
  for (const [n, row] of patterns.entries()) {
    if (row.pattern === '') continue;
    const key = JSON.stringify(row);
    const known = names.get(key) ?? new Map<string, string>();
    names.set(key, known);
    let pattern: Pattern | undefined;
    const rename = (name: string): string => {
      const found = known.get(name);
      if (found !== undefined) return found;
      pattern ??= compilePattern(row.pattern, row, `patterns.${n}.pattern`);
      const made = pattern.replace(name, row.replacement, row.everyMatch);
      // A pattern that leaves nothing of a name would put many fields under an empty one.
      const kept = made === '' || made === '__proto__' ? name : made;
      if (known.size < MAX_NAMES) known.set(name, kept);
      return kept;
    };
    result = renamed(result, rename, row.depth) as JsonObject;
  }
  return result;
}

/** Names that come to be equal: the later field wins. */
function renamed(value: unknown, rename: (name: string) => string, depth: number): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, rename, depth));
  if (!isPlain(value)) return value;
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = rename(key);
    if (name !== '__proto__') result[name] = depth === 0 ? inner : renamed(inner, rename, depth - 1);
  }
  return result;
}
