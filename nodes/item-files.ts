import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item } from '#engine/item.ts';
import type { ExecuteContext } from '#engine/node.ts';

/** The file of that name in an item. Throws NodeError(config) that lists the files there are. */
export function fileOf(item: Item, name: string, itemIndex: number, field = 'file'): FileRef {
  const { files } = item;
  if (files && Object.hasOwn(files, name)) return files[name]!;
  const names = Object.keys(files ?? {});
  throw new NodeError('config', `Item ${itemIndex} has no file “${name}”.`, {
    field,
    itemIndex,
    detail: names.length > 0 ? `It has: ${names.slice(0, 20).join(', ')}.` : 'It has no files at all.',
  });
}

/** The files of an item with one more, in an object of its own. */
export const withFile = (item: Item | undefined, name: string, file: FileRef): Record<string, FileRef> => ({
  ...item?.files,
  [safeKey(name)]: file,
});

/** A name for a file inside an item; blank and dangerous ones become the usual one. */
export const safeKey = (name: string): string => (name === '' || name === '__proto__' ? 'data' : name);

/** The files of an item without these. */
export function withoutFiles(item: Item, names: readonly string[]): Record<string, FileRef> | undefined {
  const rest = Object.entries(item.files ?? {}).filter(([name]) => !names.includes(name));
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

/** The last part of a path, without what file systems refuse; empty when nothing is left. */
export function plainFileName(path: string): string {
  const name = path
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\p{Cc}/gu, '');
  return name === '.' || name === '..' ? '' : name.slice(0, 255);
}

/** `report` and `csv` give `report.csv`; a name that has an extension keeps it. */
export const withExtension = (name: string, extension: string): string =>
  /\.[A-Za-z0-9]{1,8}$/.test(name) ? name : `${name}.${extension}`;

/** Waits where the thread has been busy for long, and ends when the run was stopped. */
export async function breathe(context: Pick<ExecuteContext, 'breathe' | 'signal'>): Promise<void> {
  const pause = context.breathe();
  if (pause) await pause;
  context.signal.throwIfAborted();
}

/** Turns what a parser threw into a failure of the file: people have to see which one it was. */
export function unreadable(file: FileRef, what: string, thrown: unknown, itemIndex: number): unknown {
  if (thrown instanceof NodeError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const name = file.name ? `“${file.name}”` : 'The file';
  return new NodeError(
    'config',
    `${name} of item ${itemIndex} is no readable ${what}: ${reason.slice(0, 300)}`,
    {
      field: 'file',
      itemIndex,
      retryable: false,
    },
  );
}
