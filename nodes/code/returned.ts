import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item, ItemSource, JsonObject } from '#engine/item.ts';
import { isPlain } from '../paths.ts';

/** Keys that an item may have beside `json`; `binary` and `pairedItem` are what n8n calls files and source. */
const ITEM_KEYS: ReadonlySet<string> = new Set([
  'json',
  'files',
  'source',
  'binary',
  'pairedItem',
  'error',
  'index',
]);

/**
 * What code returned for all items, as items: a list of objects, or one object. When any of them has a `json` key they
 * all count as items, else they all count as bare data. Throws NodeError(config) that says what is wrong.
 */
export function itemsOf(value: unknown): Item[] {
  if (!Array.isArray(value) && !isPlain(value)) {
    throw wrong(`The code must return a list of items (objects), but returned ${nameOf(value)}.`);
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const wrapped = list.some((element) => isPlain(element) && 'json' in element);
  return list.map((element, index) => {
    if (!isPlain(element))
      throw wrong(`Every item must be an object, but item ${index} is ${nameOf(element)}.`);
    return wrapped ? wrappedItem(element, index) : { json: element };
  });
}

/** What code returned for one item; null drops the item. */
export function itemOf(value: unknown, itemIndex: number): Item[] {
  if (value === null) return [];
  if (!isPlain(value)) {
    const hint = Array.isArray(value) ? ' To return several items, run the code once for all items.' : '';
    throw wrong(
      `The code must return one object for every item, but returned ${nameOf(value)}.${hint}`,
      itemIndex,
    );
  }
  const item = 'json' in value ? wrappedItem(value, itemIndex) : { json: value };
  return [{ ...item, source: { item: itemIndex } }];
}

function wrappedItem(value: JsonObject, index: number): Item {
  if (!isPlain(value.json)) throw wrong(`A 'json' property isn't an object [item ${index}]`, index);
  const odd = Object.keys(value).find((key) => !ITEM_KEYS.has(key));
  if (odd !== undefined) {
    throw wrong(`Item ${index} has “${odd}” beside “json”. Put it inside: { json: { ${odd}: … } }.`, index);
  }
  const files = filesOf(value.files ?? value.binary);
  const source = sourceOf(value.pairedItem ?? value.source);
  return { json: value.json, ...(files ? { files } : {}), ...(source ? { source } : {}) };
}

/** Accepts n8n's names for the parts of a file as well. */
function filesOf(value: unknown): Record<string, FileRef> | undefined {
  if (!isPlain(value)) return undefined;
  const files: Record<string, FileRef> = {};
  for (const [name, file] of Object.entries(value)) {
    if (!isPlain(file)) continue;
    const data = typeof file.data === 'string' ? file.data : undefined;
    files[name] = {
      mimeType: textOf(file.mimeType) ?? 'application/octet-stream',
      name: textOf(file.name) ?? textOf(file.fileName),
      sizeBytes: sizeOf(file, data),
      ...(textOf(file.id) === undefined ? {} : { id: textOf(file.id) }),
      ...(data === undefined ? {} : { data }),
    };
  }
  return Object.keys(files).length > 0 ? files : undefined;
}

function sizeOf({ sizeBytes, bytes }: JsonObject, data: string | undefined): number {
  if (data !== undefined) return Buffer.byteLength(data, 'base64');
  const known = sizeBytes ?? bytes;
  return typeof known === 'number' ? known : 0;
}

function sourceOf(value: unknown): ItemSource | ItemSource[] | undefined {
  if (typeof value === 'number') return { item: value };
  if (Array.isArray(value)) return value.flatMap((element) => sourceOf(element) ?? []);
  return isPlain(value) && typeof value.item === 'number' ? { item: value.item } : undefined;
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const wrong = (message: string, itemIndex?: number) =>
  new NodeError('config', message, { field: 'source', itemIndex });

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing (is a “return” missing?)';
  if (value === null) return 'null';
  return Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'an object that is not plain data'
      : `a ${typeof value}`;
}
