import { NodeError } from '#engine/errors.ts';
import { extensionOf } from '#engine/file-view.ts';
import type { FileRef, Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { NewFile } from '#engine/node.ts';
import { typeBySignature } from '../file-signature.ts';
import { checkEncoding, encodeStream, encodeText } from '../file-text.ts';
import { forEachItem, implement, type Operation, type OperationContext, toMain } from '../implement.ts';
import { breathe, plainFileName, safeKey, withExtension, withFile } from '../item-files.ts';
import { getPath, without } from '../paths.ts';
import { calendarText } from './calendar.ts';
import { convertToFile } from './definition.ts';
import { odsBytes } from './ods.ts';
import { type Cell, type TableOptions, tableRows } from './table-rows.ts';
import { csvText, htmlText, rtfText } from './text-tables.ts';
import { xlsxBytes } from './xlsx.ts';

type Content = Uint8Array | AsyncIterable<Uint8Array>;

export const convertToFileNode = implement(convertToFile, {
  csv: tableOf('csv', 'text/csv', (rows, options) =>
    encodeStream(
      csvText(rows, (options.delimiter || ',').replaceAll('\\t', '\t')),
      checkEncoding(options.encoding),
      options.bom,
    ),
  ),
  xlsx: tableOf('xlsx', convertToFile.operations.xlsx.sample[0]!.files!.data!.mimeType, (rows, options) =>
    xlsxBytes(rows, options.sheetName ?? ''),
  ),
  ods: tableOf('ods', 'application/vnd.oasis.opendocument.spreadsheet', (rows, options) =>
    odsBytes(rows, options.sheetName ?? ''),
  ),
  html: tableOf('html', 'text/html', (rows, options) =>
    encodeStream(htmlText(rows, options.headerRow ?? true)),
  ),
  rtf: tableOf('rtf', 'application/rtf', (rows) => encodeStream(rtfText(rows))),
  json: (context) => {
    if (context.items.length === 0) return toMain([]);
    if (context.input(0).mode === 'all') return allAsJson(context);
    return forEachItem(context, async (item, i, { file, options }) => {
      const content = encodeText(
        jsonText(item.json, options.indent),
        checkEncoding(options.encoding),
        options.bom,
      );
      const made = await write(context, content, named(options, 'file', 'json'), 'application/json');
      return itemWith(item, i, file, made, options.keep);
    });
  },
  text: (context) =>
    forEachItem(context, async (item, i, { field, file, options }) => {
      const value = valueAt(item, field, i);
      const text = typeof value === 'string' && !options.asJson ? value : (JSON.stringify(value) ?? '');
      const content = encodeText(text, checkEncoding(options.encoding), options.bom);
      const type = options.mimeType || undefined;
      const name = named(options, 'file', (type && extensionOf({ mimeType: type })) || 'txt');
      return itemWith(
        item,
        i,
        file,
        await write(context, content, name, type ?? 'text/plain'),
        options.keep,
        field,
      );
    }),
  base64: (context) =>
    forEachItem(context, async (item, i, { field, file, options }) => {
      const { bytes, type } = bytesOf(valueAt(item, field, i), field, i);
      const mimeType = options.mimeType || type;
      const known = mimeType ?? (options.fileName?.includes('.') ? undefined : typeBySignature(bytes));
      const name = named(options, 'file', (known && extensionOf({ mimeType: known })) || '');
      return itemWith(item, i, file, await write(context, bytes, name, known), options.keep, field);
    }),
  calendar: (context) =>
    forEachItem(context, async (item, i, input) => {
      const text = calendarText(input, {
        zone: context.workflow.timezone,
        now: context.services.now(),
        uid: context.idempotencyKey(i),
        itemIndex: i,
      });
      const name = named(input.options, 'event', 'ics');
      const made = await write(context, encodeText(text), name, 'text/calendar');
      return itemWith(item, i, input.file, made, input.options.keep);
    }),
});

type TableInput = {
  file: string;
  options: TableOptions &
    Naming & {
      delimiter?: string;
      encoding?: string;
      bom?: boolean;
      sheetName?: string;
    };
};

/** All items become one file, so the parameters are those of the first. */
function tableOf(
  extension: string,
  mimeType: string,
  make: (rows: AsyncIterable<Cell[]>, options: TableInput['options']) => Content,
): Operation<TableInput> {
  return async (context) => {
    const { items } = context;
    if (items.length === 0) return toMain([]);
    const { file, options } = context.input(0);
    const rows = tableRows(items, options, () => breathe(context));
    const made = await write(context, make(rows, options), named(options, 'data', extension), mimeType);
    return toMain([ofAll(items, file, made)]);
  };
}

async function allAsJson(context: OperationContext<{ file: string; options: JsonOptions }>) {
  const { items } = context;
  const { file, options } = context.input(0);
  const content = encodeStream(
    jsonList(context, options.indent),
    checkEncoding(options.encoding),
    options.bom,
  );
  const made = await write(context, content, named(options, 'file', 'json'), 'application/json');
  return toMain([ofAll(items, file, made)]);
}

interface JsonOptions extends Naming {
  indent?: boolean;
  encoding?: string;
  bom?: boolean;
}

/** The same text as of the whole list at once, an item at a time. */
async function* jsonList(context: OperationContext<unknown>, indent = false): AsyncGenerator<string> {
  let isFirst = true;
  for (const { json } of context.items) {
    await breathe(context);
    const text = jsonText(json, indent);
    const begin = isFirst ? '[' : ',';
    isFirst = false;
    yield indent ? `${begin}\n  ${text.replaceAll('\n', '\n  ')}` : begin + text;
  }
  yield indent ? '\n]' : ']';
}

const jsonText = (value: unknown, indent = false): string =>
  JSON.stringify(value, null, indent ? 2 : undefined);

const write = (
  context: OperationContext<unknown>,
  content: Content,
  name: string,
  mimeType: string | undefined,
): Promise<FileRef> => {
  const about: NewFile = { name, signal: context.signal, ...(mimeType ? { mimeType } : {}) };
  return context.services.files.write(content, about);
};

function named({ fileName = '', exactName }: Naming, fallback: string, extension: string): string {
  const given = plainFileName(fileName);
  if (extension === '' || (exactName && given !== '')) return given || fallback;
  return withExtension(given || fallback, extension);
}

interface Naming {
  fileName?: string;
  exactName?: boolean;
}

type Keep = 'all' | 'files' | 'none' | 'rest';

function itemWith(
  item: Item,
  itemIndex: number,
  name: string,
  file: FileRef,
  keep: Keep = 'all',
  field = '',
): Item {
  return {
    json: keep === 'all' ? item.json : keep === 'rest' ? without(item.json, [field]) : {},
    files: withFile(keep === 'none' ? undefined : item, name, file),
    source: sourceAt(itemIndex),
  };
}

const ofAll = (items: readonly Item[], name: string, file: FileRef): Item => ({
  json: {},
  files: { [safeKey(name)]: file },
  source: items.map((_, i) => sourceAt(i)),
});

function valueAt(item: Item, field: string, itemIndex: number): unknown {
  const value = getPath(item.json, field);
  if (value !== undefined && value !== null) return value;
  throw new NodeError('config', `Item ${itemIndex} has nothing in “${field}”.`, {
    field: 'field',
    itemIndex,
  });
}

/** Base64, plain or as a data URL, with blanks and line breaks in it. */
function bytesOf(value: unknown, field: string, itemIndex: number): { bytes: Uint8Array; type?: string } {
  const text = typeof value === 'string' ? value : '';
  const head = /^\s*data:([^;,]{0,200})(?:;[^;,]{0,100}){0,5};base64,/.exec(text);
  const body = head ? text.slice(head[0].length) : text;
  if (text === '' || !/^[A-Za-z0-9+/=_\s-]*$/.test(body))
    throw new NodeError('config', `“${field}” of item ${itemIndex} is no Base64 text.`, {
      field: 'field',
      itemIndex,
    });
  return { bytes: Buffer.from(body, 'base64'), ...(head?.[1] ? { type: head[1] } : {}) };
}
