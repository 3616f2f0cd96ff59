import { createGzip } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { fileOf, plainFileName, safeKey, unreadable, withExtension, withoutFiles } from '../item-files.ts';
import { nameList } from '../paths.ts';
import { through } from '../through.ts';
import { writeZip, type ZipFile } from '../zip-writer.ts';
import { compression } from './definition.ts';
import { unpack } from './unpack.ts';

const MEGABYTE = 1024 * 1024;

export const compressionNode = implement(compression, {
  zip: (context) =>
    forEachItem(context, async (item, i, { files, output, fileName, options }) => {
      const chosen = pick(item, files, i);
      const content = writeZip(entries(context, chosen), context.services.now());
      const name = withExtension(plainFileName(fileName) || 'archive', 'zip');
      const made = await context.services.files.write(content, {
        name,
        mimeType: 'application/zip',
        signal: context.signal,
      });
      return packed(item, i, chosen, { [safeKey(output)]: made }, options.keep);
    }),
  gzip: (context) =>
    forEachItem(context, async (item, i, { files, options }) => {
      const chosen = pick(item, files, i);
      const made: Record<string, FileRef> = {};
      for (const [n, { key, file }] of chosen.entries()) {
        const isOne = chosen.length === 1;
        const name = (isOne && plainFileName(options.fileName ?? '')) || `${file.name || key}.gz`;
        const target =
          isOne && options.output ? options.output : options.prefix ? `${options.prefix}${n}` : key;
        const content = through(context.services.files.open(file), createGzip());
        made[safeKey(target)] = await context.services.files.write(content, {
          name,
          mimeType: 'application/gzip',
          signal: context.signal,
        });
      }
      return packed(item, i, chosen, made, options.keep);
    }),
  unpack: (context) => {
    const unpacked = { files: 0, bytes: 0 };
    return forEachItem(context, async (item, i, { files, prefix, options }) => {
      const endings = nameList(options.only).map((ending) => ending.toLowerCase());
      const wanted = (name: string) =>
        endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending));
      const limits = { files: options.maxFiles ?? 1000, bytes: (options.maxMegabytes ?? 256) * MEGABYTE };
      const chosen = pick(item, files, i);
      const made: FileRef[] = [];
      for (const { file } of chosen) {
        try {
          made.push(
            ...(await unpack(context.services.files, file, {
              limits,
              unpacked,
              wanted,
              signal: context.signal,
            })),
          );
        } catch (thrown) {
          throw context.signal.aborted ? thrown : unreadable(file, 'archive', thrown, i);
        }
      }
      if (options.split) return made.map((file) => packed(item, i, chosen, { data: file }, options.keep));
      const named = made.map((file, n) => [safeKey(`${prefix}${n}`), file] as const);
      return packed(item, i, chosen, Object.fromEntries(named), options.keep);
    });
  },
});

interface Chosen {
  key: string;
  file: FileRef;
}

function pick(item: Item, names: string, itemIndex: number): Chosen[] {
  const wanted = nameList(names);
  const keys = wanted.includes('*') ? Object.keys(item.files ?? {}) : [...new Set(wanted)];
  if (keys.length === 0)
    throw new NodeError('config', `Item ${itemIndex} has no files.`, { field: 'files', itemIndex });
  return keys.map((key) => ({ key, file: fileOf(item, key, itemIndex, 'files') }));
}

/** Files of the same name get a number, since an archive with two of them cannot be unpacked again. */
function* entries(context: OperationContext<unknown>, chosen: readonly Chosen[]): Generator<ZipFile> {
  const used = new Set<string>();
  for (const { key, file } of chosen) {
    const wanted = plainFileName(file.name ?? '') || key;
    let name = wanted;
    for (let n = 1; used.has(name); n++)
      name = wanted.replace(/(\.[^.]*)?$/, (extension) => `_${n}${extension}`);
    used.add(name);
    yield { name, content: context.services.files.open(file) };
  }
}

function packed(
  item: Item,
  itemIndex: number,
  chosen: readonly Chosen[],
  made: Record<string, FileRef>,
  keep = false,
): Item {
  const others = keep
    ? withoutFiles(
        item,
        chosen.map(({ key }) => key),
      )
    : undefined;
  return { json: item.json, files: { ...others, ...made }, source: sourceAt(itemIndex) };
}
