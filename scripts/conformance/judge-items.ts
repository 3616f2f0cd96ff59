import { viewFile } from '#engine/file-view.ts';
import type { FileRef } from '#engine/item.ts';
import { difference, isObject } from './difference.ts';

type Runs = unknown[][][] | undefined;

/** All runs, of each its first output. `null` is a run without data. */
export function judgeItems(expected: unknown[], found: Runs, withFiles: boolean): string | null {
  if (!found) return 'did not run';
  if (found.length !== expected.length) return `${expected.length} runs expected, ${found.length} found`;
  for (const [run, items] of expected.entries()) {
    const wanted = (Array.isArray(items) ? items : []).map((item: unknown) => comparable(item, withFiles));
    const given = (found[run]?.[0] ?? []).map((item) => comparable(asTheirs(item), withFiles));
    const reason = difference(wanted, given, expected.length > 1 ? `run ${run} ` : '');
    if (reason !== null) return reason;
  }
  return null;
}

/** Our files in their words. */
function asTheirs(item: unknown): unknown {
  if (!isObject(item) || !isObject(item.files)) return item;
  const { files, ...rest } = item;
  const binary = Object.entries(files as object).map(([key, file]) => [key, fileAsTheirs(file)]);
  return { ...rest, binary: Object.fromEntries(binary) };
}

/** Their `directory` and `bytes` are not compared, nor our id. */
function fileAsTheirs(file: unknown): unknown {
  const { bytes: _bytes, id: _id, ...view } = viewFile(file as FileRef);
  return view;
}

function comparable(item: unknown, withFiles: boolean): unknown {
  if (!isObject(item)) return item;
  const { json, binary } = item;
  const files =
    withFiles && isObject(binary) && Object.keys(binary).length > 0
      ? Object.fromEntries(Object.entries(binary).map(([key, file]) => [key, withoutPlace(file)]))
      : undefined;
  return { json: withPlainErrors(json), ...(files ? { binary: files } : {}) };
}

function withoutPlace(file: unknown): unknown {
  if (!isObject(file)) return file;
  const { directory: _directory, bytes: _bytes, ...rest } = file;
  return rest;
}

const ERROR_FIELDS = ['message', 'name', 'description', 'context'];

/** Of an error in the data only these count. */
function withPlainErrors(json: unknown): unknown {
  if (!isObject(json) || !isObject(json.error)) return json;
  const { error } = json;
  return {
    ...json,
    error: Object.fromEntries(ERROR_FIELDS.map((key) => [key, (error as Record<string, unknown>)[key]])),
  };
}

/** The form of items of real runs; their values came from services that have changed since. */
export function judgeShapes(expected: unknown, found: Runs): string | null {
  if (!found) return 'did not run';
  if (!Array.isArray(expected) || expected.length !== found.length)
    return `${Array.isArray(expected) ? expected.length : 0} runs expected, ${found.length} found`;
  for (const [run, outputs] of expected.entries()) {
    for (const [output, items] of (Array.isArray(outputs) ? outputs : []).entries()) {
      const wanted = (Array.isArray(items) ? items : []).map(jsonShape);
      const given = (found[run]?.[output] ?? []).map(jsonShape);
      if (wanted.length === 0 && given.length === 0) continue;
      const reason = difference(
        wanted,
        given.map((one, i) => asCoarseAs(wanted[i], one)),
        `run ${run} output ${output} `,
      );
      if (reason !== null) return reason;
    }
  }
  return null;
}

/** Real runs were recorded one level deep: `["json array"]` and `{object: true}` stand for whatever is inside. */
function asCoarseAs(expected: unknown, found: unknown): unknown {
  if (!isObject(expected) || !isObject(found)) return found;
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => {
      const wanted = expected[key];
      const isAny = Array.isArray(wanted)
        ? Array.isArray(value)
        : isObject(wanted) && Object.keys(wanted).join() === 'object' && isObject(value);
      return [key, isAny ? wanted : value];
    }),
  );
}

const jsonShape = (item: unknown): unknown => shape(isObject(item) ? item.json : undefined);

/** Types instead of values; a list is as its first element. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (!isObject(value)) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shape(field)]));
}
