import type { Budget } from '#engine/expression/budget.ts';

/** A schema that cannot be used; the message goes on after “The schema …”. */
export class SchemaError extends Error {}

export interface Finding {
  /** JSON Pointer into the value; '' is the value itself. */
  path: string;
  /** Goes on after the name of the place: `must be a number`. */
  message: string;
}

/** Where a check is inside the value; a list from the inside out costs nothing until something is wrong. */
export type Place = { up: Place; key: string | number } | null;

/** One check of one value. */
export interface Run {
  budget: Budget;
  depth: number;
}
export type Check = (value: unknown, run: Run, place: Place) => Finding | null;

export interface Surroundings {
  /** The schema that the keyword stands in. */
  schema: Record<string, unknown>;
  root: unknown;
  compile(schema: unknown): Check;
}
/** Makes the check of one keyword; null: it asks for nothing. Throws SchemaError. */
export type Compile = (value: unknown, around: Surroundings) => Check | null;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const wrong = (place: Place, message: string): Finding => ({ path: pathOf(place), message });

export function pathOf(place: Place): string {
  const keys: string[] = [];
  for (let at = place; at; at = at.up) keys.push(String(at.key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return keys
    .reverse()
    .map((key) => `/${key}`)
    .join('');
}

export function countOf(keyword: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new SchemaError(`has a ${keyword} that is no count`);
}

export function listOf(keyword: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new SchemaError(`has a ${keyword} that is no list`);
}

export function namesOf(keyword: string, value: unknown): string[] {
  const names = listOf(keyword, value);
  if (names.every((name) => typeof name === 'string')) return names;
  throw new SchemaError(`has a ${keyword} that holds more than names`);
}

export function entriesOf(keyword: string, value: unknown): [string, unknown][] {
  if (isObject(value)) return Object.entries(value);
  throw new SchemaError(`has ${keyword} that are no object`);
}
