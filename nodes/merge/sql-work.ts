import type { JsonObject } from '#engine/item.ts';

/** What the thread of the queries is asked to do. */
export interface SqlWork {
  query: string;
  /** The items of input 1, 2, …, which are the tables `input1`, `input2`, … */
  inputs: JsonObject[][];
  /** Columns without a value are left out of the rows instead of being null. */
  omitEmpty: boolean;
  /** The clock of the query, in ms. */
  now: number;
  /** 0 to 1: what `random()` begins with, so that a repeated run gives the same. */
  seed: number;
}

/** A mistake in the query, or a limit that it hit. */
export type SqlAnswer = { rows: JsonObject[] } | { problem: string; detail?: string; limit?: true };
