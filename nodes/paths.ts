import type { JsonObject } from '#engine/item.ts';

/**
 * Field names that reach into objects: `a.b`, `items[0].name`, `a["b c"]`. A name that exists as it stands wins over the
 * path it could be read as, so that keys with dots stay reachable. Names that lead to prototypes are never followed.
 */
export function parsePath(path: string): string[] {
  const parts: string[] = [];
  for (const match of path.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*))\s*\]|([^.[\]]+)/g)) {
    parts.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  }
  return parts;
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
const isOwn = (value: JsonObject, key: string) => Object.hasOwn(value, key);

/** Dots off: the name is one key. */
const partsOf = (target: JsonObject, path: string, dots: boolean) =>
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
  const last = parts.pop();
  let value: unknown = target;
  for (const part of parts) {
    if (!isObject(value) || !isOwn(value, part)) return false;
    value = value[part];
  }
  return last !== undefined && isObject(value) && isOwn(value, last);
}

/** Sets a value, making the objects (or, before a number, the lists) on its way. Changes `target`: hand it a copy. */
export function setPath(target: JsonObject, path: string, value: unknown, dots = true): void {
  const parts = partsOf(target, path, dots);
  if (parts.length === 0 || parts.some((part) => FORBIDDEN.has(part))) return;
  let place = target;
  for (const [i, part] of parts.slice(0, -1).entries()) {
    let next = isOwn(place, part) ? place[part] : undefined;
    if (!isObject(next)) {
      next = /^\d+$/.test(parts[i + 1]!) ? [] : {};
      place[part] = next;
    }
    place = next as JsonObject;
  }
  place[parts.at(-1)!] = value;
}

/** Removes a field. Changes `target`: hand it a copy. */
export function unsetPath(target: JsonObject, path: string, dots = true): void {
  const parts = partsOf(target, path, dots);
  const last = parts.pop();
  let place: unknown = target;
  for (const part of parts) {
    if (!isObject(place) || !isOwn(place, part)) return;
    place = place[part];
  }
  if (last !== undefined && isObject(place)) delete place[last];
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
