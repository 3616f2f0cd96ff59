import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Items from what somebody wrote: a list or one of items or of bare objects. Throws NodeError(config). */
export function toItems(value: unknown): Item[] {
  return (Array.isArray(value) ? value : [value]).map((element: unknown, index) => {
    if (!isObject(element)) throw new NodeError('config', `Item ${index} is not an object.`);
    if (!isObject(element.json)) return { json: element };
    const files = isObject(element.files) ? element.files : theirFiles(element.binary);
    return { json: element.json, ...(files ? { files: files as Item['files'] } : {}) };
  });
}

/** `binary` of an n8n item: the same files under other names. */
function theirFiles(binary: unknown): Item['files'] {
  if (!isObject(binary)) return undefined;
  const files = Object.entries(binary).flatMap(([key, file]): [string, FileRef][] => {
    if (!isObject(file) || typeof file.data !== 'string') return [];
    const { data, mimeType = 'application/octet-stream', fileName } = file;
    const sizeBytes = Buffer.from(data, 'base64').length;
    return [
      [
        key,
        {
          mimeType: String(mimeType),
          sizeBytes,
          data,
          ...(fileName === undefined ? {} : { name: String(fileName) }),
        },
      ],
    ];
  });
  return files.length > 0 ? Object.fromEntries(files) : undefined;
}
