import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Items from what somebody wrote: a list or one of items or of bare objects. Throws NodeError(config). */
export function toItems(value: unknown): Item[] {
  return (Array.isArray(value) ? value : [value]).map((element: unknown, index) => {
    if (!isObject(element)) throw new NodeError('config', `Item ${index} is not an object.`);
    if (!isObject(element.json)) return { json: element };
    const files = element.files ?? element.binary;
    return { json: element.json, ...(isObject(files) ? { files: files as Item['files'] } : {}) };
  });
}
