import type { Database, Statement } from 'sql.js';
import type { JsonObject } from '#engine/item.ts';
import { BOOLEAN, NESTED, NOTHING, NULLS } from './sql-columns.ts';

/** A result beyond this would not fit into an execution anyway. */
const MAX_RESULT_CHARS = 32 * 1024 * 1024;

export class TooLarge extends Error {}

interface Place {
  name: string;
  /** From the type of the column that it is; false for all that is calculated. */
  boolean: boolean;
  nested: boolean;
  keepsNull: boolean;
}

/**
 * The rows of a statement as objects: booleans and nested values are what they were in the items. Of several columns
 * with one name the last one that holds something wins.
 */
export function* rowsOf(statement: Statement, types: string[], omitEmpty: boolean): Generator<JsonObject> {
  const places: (Place | undefined)[] = statement.getColumnNames().map((name, index) => {
    const type = types[index] ?? '';
    // other columns of texts are texts, but what an expression calculates may be JSON, such as json_group_array()
    const nested = type.startsWith(NESTED) || type === '';
    const place = { name, nested, boolean: type.startsWith(BOOLEAN), keepsNull: type.endsWith(NULLS) };
    return type === NOTHING || name === '__proto__' ? undefined : place;
  });
  let chars = 0;
  while (statement.step()) {
    const row: JsonObject = {};
    for (const [index, value] of statement.get().entries()) {
      const place = places[index];
      if (!place) continue;
      chars += place.name.length + (typeof value === 'string' ? value.length : 8);
      if (value === null) {
        if (!Object.hasOwn(row, place.name) && (!omitEmpty || place.keepsNull)) row[place.name] = null;
      } else row[place.name] = valueAt(place, value);
    }
    if (chars > MAX_RESULT_CHARS) throw new TooLarge();
    yield row;
  }
}

/** The declared types of the columns of a query, empty for what is calculated. A view knows them. */
export function typesOf(database: Database, query: string): string[] {
  database.run(`CREATE TEMP VIEW linkflow_query AS ${query}`);
  const [found] = database.exec('PRAGMA table_info(linkflow_query)');
  database.run('DROP VIEW linkflow_query');
  const at = found?.columns.indexOf('type') ?? 0;
  return (found?.values ?? []).map((row) => String(row[at] ?? ''));
}

function valueAt(place: Place, value: number | string | Uint8Array): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (place.boolean && typeof value === 'number') return value !== 0;
  if (place.nested && typeof value === 'string' && /^[[{]/.test(value)) return parsed(value);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a text that only begins like JSON
  }
}
