import type { Database } from 'sql.js';
import { compilePattern, type Pattern } from '../pattern.ts';

type Value = string | number | null | Uint8Array;

/**
 * Adds what people expect of SQL and SQLite lacks (LEN, NOW, YEAR, MONTH, DAY, REGEXP, the aggregate ARRAY), and puts
 * functions in the place of random ones, that give the same when the node is repeated.
 */
export function addFunctions(database: Database, { now, seed }: { now: number; seed: number }): void {
  const part = (from: number, to: number) => (date: Value) => {
    const found = /^\d{4}-\d{2}-\d{2}/.exec(String(date))?.[0];
    return found ? Number(found.slice(from, to)) : null;
  };
  const random = randomNumbers(seed);
  const patterns = new Map<string, Pattern>();
  const matches = (pattern: Value, text: Value) => {
    if (pattern === null || text === null) return null;
    const source = String(pattern);
    let compiled = patterns.get(source);
    if (!compiled) {
      compiled = compilePattern(source, {}, 'query');
      if (patterns.size < 100) patterns.set(source, compiled);
    }
    return compiled.test(String(text)) ? 1 : 0;
  };
  database.create_function('len', (text: Value) => (text === null ? null : String(text).length));
  database.create_function('now', () => new Date(now).toISOString());
  database.create_function('year', part(0, 4));
  database.create_function('month', part(5, 7));
  database.create_function('day', part(8, 10));
  database.create_function('regexp', matches);
  database.create_function('random', () => Math.floor((random() - 0.5) * Number.MAX_SAFE_INTEGER));
  database.create_function('randomblob', (size: Value) =>
    Uint8Array.from({ length: Math.min(1000, Math.max(1, Number(size) || 1)) }, () => random() * 256),
  );
  (database as Database & Aggregating).create_aggregate('array', {
    init: () => [],
    step: (values: Value[], value: Value) => {
      values.push(value);
      return values;
    },
    finalize: (values: Value[]) => JSON.stringify(values),
  });
}

/** Missing in the types of the library. */
interface Aggregating {
  create_aggregate(
    name: string,
    functions: {
      init(): Value[];
      step(values: Value[], value: Value): Value[];
      finalize(values: Value[]): string;
    },
  ): void;
}

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = Math.floor(seed * 0x1_0000_0000) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
