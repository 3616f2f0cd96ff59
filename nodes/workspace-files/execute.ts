import { viewFile } from '#engine/file-view.ts';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { WorkspaceFile } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { breathe, fileOf, plainFileName, withFile } from '../item-files.ts';
import { setPath, shallowCopy } from '../paths.ts';
import { workspaceFiles } from './definition.ts';

type ReadInput = InputOf<(typeof workspaceFiles)['operations']['read']['fields']>;

export const workspaceFilesNode = implement(workspaceFiles, {
  read: (context) => forEachItem(context, (item, i, input) => readFiles(context, item, i, input)),
  write: (context) =>
    forEachItem(context, async (item, i, { path, from, file, text, options }) => {
      const content =
        from === 'text' ? Buffer.from(text) : context.services.files.open(fileOf(item, file, i));
      await context.services.workspaceFiles.write(path, content, {
        append: options.append ?? false,
        signal: context.signal,
        ...(options.mimeType ? { mimeType: options.mimeType } : {}),
      });
      const json = shallowCopy(item.json);
      setPath(json, options.pathField || 'path', path, false);
      return { json, ...(item.files ? { files: item.files } : {}), source: sourceAt(i) };
    }),
  list: (context) =>
    forEachItem(context, async (_item, i, { path }) => {
      const found = await context.services.workspaceFiles.list(path);
      return found.map((one) => ({ json: factsOf(one), source: sourceAt(i) }));
    }),
});

async function readFiles(
  context: OperationContext<ReadInput>,
  item: Item,
  itemIndex: number,
  { path, file: key, options }: ReadInput,
): Promise<Item[]> {
  const { workspaceFiles: door } = context.services;
  // A plain path must be there; a pattern may match nothing.
  const isPattern = /[*?]/.test(path);
  const found = isPattern ? await door.list(path) : [await only(context, path)];
  const items: Item[] = [];
  for (const one of found) {
    await breathe(context);
    const file = named(await door.read(one.path), options);
    items.push({
      json: fieldsOf(item, one, file, options.fieldsOfItem ?? 'facts'),
      files: withFile(options.keepFiles ? item : undefined, key, file),
      source: sourceAt(itemIndex),
    });
  }
  return items;
}

/** What is known of one file by its path; where nothing is listed under it, reading it says why. */
async function only({ services }: OperationContext<unknown>, path: string): Promise<WorkspaceFile> {
  const [found] = await services.workspaceFiles.list(path);
  return found ?? { path, mimeType: '', sizeBytes: 0, modifiedAt: Number.NaN };
}

function named(file: FileRef, { fileName = '', mimeType }: ReadInput['options']): FileRef {
  const name = plainFileName(fileName);
  return { ...file, ...(name === '' ? {} : { name }), ...(mimeType ? { mimeType } : {}) };
}

function fieldsOf(item: Item, found: WorkspaceFile, file: FileRef, which: string): JsonObject {
  if (which === 'item') return item.json;
  if (which === 'none') return {};
  const { mimeType, fileType, fileName, fileExtension, fileSize } = viewFile(file);
  const known = Object.entries({ mimeType, fileType, fileName, fileExtension, fileSize }).filter(
    ([, value]) => value !== undefined,
  );
  const short: JsonObject = Object.fromEntries(known);
  return which === 'name'
    ? short
    : { ...factsOf({ ...found, mimeType, sizeBytes: file.sizeBytes }), ...short };
}

function factsOf({ path, mimeType, sizeBytes, modifiedAt }: WorkspaceFile): JsonObject {
  const { data: _data, id: _id, ...facts } = viewFile({ name: plainFileName(path), mimeType, sizeBytes });
  return {
    path,
    ...facts,
    ...(Number.isFinite(modifiedAt) ? { modifiedAt: new Date(modifiedAt).toISOString() } : {}),
  };
}
