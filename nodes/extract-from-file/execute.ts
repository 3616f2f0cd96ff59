import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import { MAX_OUTPUT_ITEMS, tooManyItems } from '#engine/output-size.ts';
import { checkEncoding, decodeText } from '../file-text.ts';
import { forEachItem, implement, type Operation, type OperationContext } from '../implement.ts';
import { breathe, fileOf, unreadable, withoutFiles } from '../item-files.ts';
import { isPlain, setPath, shallowCopy } from '../paths.ts';
import { readCalendar } from './calendar.ts';
import { extractFromFile } from './definition.ts';
import { parseJsonText } from './json-text.ts';
import { type PdfOptions, readPdf } from './pdf.ts';
import { toRecords } from './rows.ts';
import { readRtf } from './rtf.ts';
import { readSpreadsheet, type SpreadsheetFormat, type SpreadsheetOptions } from './spreadsheets.ts';
import { readXmlObject } from './xml-object.ts';

type Keep = 'none' | 'json' | 'file' | 'both' | 'other-files' | 'rest';
interface RowsInput {
  file: string;
  options: SpreadsheetOptions & {
    headerRow?: boolean;
    skipEmptyCells?: boolean;
    maxRows?: number;
    keep?: Keep;
  };
}
interface WholeInput {
  file: string;
  destination: string;
  options: { encoding?: string; stripBom?: boolean; spread?: boolean; keep?: Keep };
}
interface PdfInput {
  file: string;
  options: PdfOptions & { keep?: Keep };
}

export const extractFromFileNode = implement(extractFromFile, {
  csv: rowsOf('csv'),
  xlsx: rowsOf('xlsx'),
  ods: rowsOf('ods'),
  html: rowsOf('html'),
  rtf: rowsOf('rtf'),
  spreadsheet: rowsOf(undefined),
  json: whole('JSON', (bytes, { options }) => parseJsonText(textOf(bytes, options))),
  text: whole('text', (bytes, { options }) => textOf(bytes, options)),
  xml: whole('XML', (bytes, { options }, context) =>
    readXmlObject(textOf(bytes, options), () => breathe(context)),
  ),
  calendar: whole('calendar', (bytes, { options }, context) =>
    readCalendar(textOf(bytes, options), context.workflow.timezone, () => breathe(context)),
  ),
  richText: whole(
    'RTF document',
    async (bytes, _input, context) => (await readRtf(bytes, () => breathe(context))).text,
  ),
  base64: whole('file', (bytes) => Buffer.from(bytes).toString('base64')),
  pdf: (context) => forEachItem(context, (item, i, input) => pdfItem(context, item, i, input)),
});

const NAMES: Record<SpreadsheetFormat, string> = {
  csv: 'CSV file',
  xlsx: 'XLSX file',
  ods: 'ODS file',
  html: 'page with a table',
  rtf: 'RTF document',
};

function rowsOf(format: SpreadsheetFormat | undefined): Operation<RowsInput> {
  return (context) => {
    let made = 0;
    return forEachItem(context, async (item, i, { file: name, options }) => {
      const file = fileOf(item, name, i);
      const items: Item[] = [];
      const rules = {
        headerRow: options.headerRow ?? true,
        skipEmptyCells: options.skipEmptyCells ?? false,
        maxRows: options.maxRows,
      };
      try {
        const rows = await readSpreadsheet(context.services.files, file, format, options, () =>
          breathe(context),
        );
        for await (const json of toRecords(rows, rules)) {
          if (++made > MAX_OUTPUT_ITEMS) throw tooManyItems(made);
          items.push(extracted(item, i, json, name, options.keep));
          const pause = context.breathe();
          if (pause) await pause;
        }
      } catch (thrown) {
        throw wrapped(context, file, format ? NAMES[format] : 'spreadsheet', thrown, i);
      }
      return items;
    });
  };
}

type Read = (
  bytes: Uint8Array,
  input: WholeInput,
  context: OperationContext<WholeInput>,
) => unknown | Promise<unknown>;

/** Files that become one value, which goes into a field. */
function whole(what: string, read: Read): Operation<WholeInput> {
  return (context) =>
    forEachItem(context, async (item, i, input) => {
      const file = fileOf(item, input.file, i);
      try {
        const value = await read(await context.services.files.read(file), input, context);
        const { keep, spread } = input.options;
        if (spread)
          return (Array.isArray(value) ? value : [value]).map((one) =>
            extracted(item, i, asObject(one, i), input.file, keep),
          );
        const json: JsonObject = {};
        setPath(json, input.destination, value);
        return extracted(item, i, json, input.file, keep);
      } catch (thrown) {
        throw wrapped(context, file, what, thrown, i);
      }
    });
}

async function pdfItem(
  context: OperationContext<PdfInput>,
  item: Item,
  i: number,
  input: PdfInput,
): Promise<Item> {
  const file = fileOf(item, input.file, i);
  try {
    const bytes = await context.services.files.read(file);
    const json = await readPdf(bytes, input.options, () => breathe(context));
    return extracted(item, i, json, input.file, input.options.keep);
  } catch (thrown) {
    throw wrapped(context, file, 'PDF', thrown, i);
  }
}

/** A stop is no fault of the file. */
const wrapped = (
  context: Pick<OperationContext<unknown>, 'signal'>,
  file: FileRef,
  what: string,
  thrown: unknown,
  itemIndex: number,
): unknown => (context.signal.aborted ? thrown : unreadable(file, what, thrown, itemIndex));

function extracted(item: Item, itemIndex: number, json: JsonObject, file: string, keep: Keep = 'none'): Item {
  const withJson = keep === 'json' || keep === 'both' || keep === 'rest';
  const files =
    keep === 'file' || keep === 'both'
      ? item.files
      : keep === 'rest' || keep === 'other-files'
        ? withoutFiles(item, [file])
        : undefined;
  return {
    json: withJson ? { ...shallowCopy(item.json), ...json } : json,
    ...(files ? { files } : {}),
    source: sourceAt(itemIndex),
  };
}

function textOf(bytes: Uint8Array, { encoding, stripBom }: WholeInput['options']): string {
  return decodeText(bytes, { encoding: checkEncoding(encoding), stripBom: stripBom ?? true });
}

function asObject(value: unknown, itemIndex: number): JsonObject {
  if (isPlain(value)) return value;
  throw new NodeError('config', 'Only an object can become the item itself; this JSON is something else.', {
    field: 'options.spread',
    itemIndex,
  });
}
