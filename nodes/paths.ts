import type { JsonObject } from '#engine/item.ts';

/**
 * Field names that reach into objects: `a.b`, `items[0].name`, `a["b c"]`. A name that exists as it stands wins over the
 * path it could be read as, so that keys with dots stay reachable. Names that lead to prototypes are never followed.
 */
export function parsePath(path: string): readonly string[] {
  const known = parsed.get(path);
  if (known) return known;
  const parts: string[] = [];
  for (const match of path.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*))\s*\]|([^.[\]]+)/g)) {
    parts.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  }
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(path, parts);
  return parts;
}

/** A few names are read for every one of many items. */
const parsed = new Map<string, readonly string[]>();
const MAX_PARSED = 500;

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
const isOwn = (value: JsonObject, key: string) => Object.hasOwn(value, key);

/** Dots off: the name is one key. */
const partsOf = (target: JsonObject, path: string, dots: boolean): readonly string[] =>
  !dots || isOwn(target, path) ? [path] : parsePath(path);

/** The value at a path, or undefined. */
export function getPath(target: JsonObject, path: string, dots = true): unknown {
  let value: unknown = target;
  for (const part of partsOf(target, path, dots)) {
    if (!isObject(value) || !isOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

export function hasPath(target: JsonObject, path: string, dots = true): boolean {
  const parts = partsOf(target, path, dots);
  const last = parts.at(-1);
  let value: unknown = target;
  for (let i = 0; i < parts.length - 1; i++) {
    const part = parts[i]!;
    if (!isObject(value) || !isOwn(value, part)) return false;
    value = value[part];
  }
  return last !== undefined && isObject(value) && isOwn(value, last);
}

/**
 * Sets a value, making the objects (or, before a number, the lists) on its way. Changes `target`, so hand it a copy of
 * its own; what is inside it may be shared and is copied where it changes.
 */
export function setPath(target: JsonObject, path: string, value: unknown, dots = true): void {
  const parts = partsOf(target, path, dots);
  if (parts.length === 0) return;
  for (const part of parts) if (FORBIDDEN.has(part)) return;
  let place = target;
  for (let i = 0; i < parts.length - 1; i++) {
    const part = parts[i]!;
    const inside = isOwn(place, part) ? place[part] : undefined;
    const next = isObject(inside) ? ownCopy(inside) : /^\d+$/.test(parts[i + 1]!) ? [] : {};
    place[part] = next;
    place = next as JsonObject;
  }
  place[parts[parts.length - 1]!] = value;
}

/** Removes a field. Changes `target` as setPath does. */
export function unsetPath(target: JsonObject, path: string, dots = true): void {
  const parts = partsOf(target, path, dots);
  const last = parts.at(-1);
  if (last === undefined || !hasPath(target, path, dots)) return;
  let place = target;
  for (let i = 0; i < parts.length - 1; i++) {
    const part = parts[i]!;
    const next = ownCopy(place[part] as JsonObject);
    place[part] = next;
    place = next;
  }
  delete place[last];
}

/** One level only. */
const ownCopy = (value: JsonObject): JsonObject =>
  Array.isArray(value) ? ((value as unknown[]).slice() as unknown as JsonObject) : { ...value };

/** A copy that setPath and unsetPath may change; all that is inside is shared with the original. */
export function shallowCopy(json: JsonObject): JsonObject {
  if (isOwn(json, '__proto__')) return without(json, ['__proto__'], false);
  return { ...json };
}

/** A shallow copy that lacks these fields. Never deletes: an object that lost a field takes twice the memory. */
export function without(json: JsonObject, paths: readonly string[], dots = true): JsonObject {
  const gone = new Set(['__proto__']);
  const deeper = paths.filter((path) => {
    const parts = partsOf(json, path, dots);
    if (parts.length === 1) gone.add(parts[0]!);
    return parts.length > 1;
  });
  const copy: JsonObject = {};
  for (const key of Object.keys(json)) if (!gone.has(key)) copy[key] = json[key];
  for (const path of deeper) unsetPath(copy, path, dots);
  return copy;
}

/** A copy with these fields only. */
export function only(json: JsonObject, paths: readonly string[], dots = true): JsonObject {
  const copy: JsonObject = {};
  for (const path of paths)
    if (hasPath(json, path, dots)) setPath(copy, path, getPath(json, path, dots), dots);
  return copy;
}

/** `a, b` or a list of names: trimmed, without blanks. */
export function nameList(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** A copy that may be changed; dates (luxon, native) become their text. Data is JSON, so there are no cycles to fear. */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copyJson(element)) as T;
  if (!isObject(value)) return value;
  if (!isPlain(value)) {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? toJSON.call(value) : value;
  }
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) copy[key] = copyJson(value[key]);
  return copy as T;
}

/** An object of data, as opposed to a list, null, a date or a class. */
export function isPlain(value: unknown): value is JsonObject {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
