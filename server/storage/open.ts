import path from 'node:path';
import { type Item, isStored, type Output } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { firstOf, sizeOf } from '#engine/output-size.ts';
import type { OutputStore } from '#engine/ports.ts';
import { env } from '../env.ts';
import { createDiskStorage } from './disk.ts';
import { createFileDoor } from './file-door.ts';
import { createOutputStore } from './output-store.ts';
import { createS3Storage } from './s3.ts';
import type { Storage } from './storage.ts';

let opened: Storage | undefined;

/** The storage that the environment names; one per process. */
export function getStorage(): Storage {
  opened ??= openStorage(env());
  return opened;
}

type Settings = Pick<
  ReturnType<typeof env>,
  'LINKFLOW_STORAGE' | 'LINKFLOW_DATA_DIR' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_REGION'
>;

export function openStorage(settings: Settings): Storage {
  if (settings.LINKFLOW_STORAGE === 'disk')
    return createDiskStorage(path.join(settings.LINKFLOW_DATA_DIR, 'storage'));
  const url = new URL(settings.LINKFLOW_STORAGE);
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  return createS3Storage({
    bucket: url.hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: url.searchParams.get('region') ?? settings.AWS_REGION,
    endpoint: url.searchParams.get('endpoint') ?? undefined,
    accessKeyId: settings.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: settings.AWS_SECRET_ACCESS_KEY ?? '',
  });
}

/** Files of one execution, in that storage. */
export const openFiles = (workspaceId: string, executionId: string): FileDoor =>
  createFileDoor(getStorage(), { workspaceId, executionId, maxBytes: env().LINKFLOW_MAX_FILE_BYTES });

let outputs: OutputStore | undefined;

/** The engine's store for large outputs, in that storage. */
export function getOutputStore(): OutputStore {
  outputs ??= createOutputStore(getStorage(), { maxBytes: env().LINKFLOW_MAX_OUTPUT_BYTES });
  return outputs;
}

/** Items that are handed to an execution: as they are, or stored under this key when they are large. */
export async function keepItems(key: string, items: Item[]): Promise<Output> {
  const store = getOutputStore();
  if (sizeOf(items, store.inlineBytes + 1) <= store.inlineBytes) return items;
  const { maxBytes } = store;
  const bytes = await store.put(key, items, { maxBytes, signal: new AbortController().signal });
  return { stored: key, length: items.length, bytes, ...firstOf(items) };
}

/** All items of an output, wherever they are. Rejects with NodeError when the storage does not give them. */
export const loadItems = (output: Output): Promise<Item[]> =>
  isStored(output) ? getOutputStore().get(output.stored) : Promise.resolve(output);
