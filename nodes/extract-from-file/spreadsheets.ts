import { NodeError } from '#engine/errors.ts';
import type { FileRef } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { typeBySignature } from '../file-signature.ts';
import { checkEncoding, decodeText } from '../file-text.ts';
import { openZip } from '../zip-reader.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { readHtmlTable } from './html-table.ts';
import { readOds } from './ods.ts';
import type { Row, Rows } from './rows.ts';
import { readRtf } from './rtf.ts';
import { typedValue } from './typed-value.ts';
import { readXlsx, type SheetOptions } from './xlsx.ts';

export type SpreadsheetFormat = 'csv' | 'xlsx' | 'ods' | 'html' | 'rtf';

export interface SpreadsheetOptions extends CsvOptions, SheetOptions {
  /** Text that is a number or true/false becomes one; not for formats that know types. */
  typed?: boolean;
  /** Of the tables on a page, from 1. */
  table?: number;
  /** Default: true. */
  headerRow?: boolean;
}

/** The rows of a table in a file. CSV is read in pieces, everything else as a whole of 64 MB at most. Throws NodeError. */
export async function readSpreadsheet(
  files: FileDoor,
  file: FileRef,
  format: SpreadsheetFormat | undefined,
  options: SpreadsheetOptions,
  pause: () => Promise<void>,
): Promise<Rows> {
  const encoding = checkEncoding(options.encoding);
  if (format === 'csv') return withTypes(readCsv(files.open(file), { ...options, encoding }), options);
  const bytes = await files.read(file);
  switch (format ?? formatOf(bytes)) {
    case 'csv':
      return withTypes(readCsv(once(bytes), { ...options, encoding }), options);
    case 'html':
      return withTypes(readHtmlTable(decodeText(bytes, { encoding }), options.table ?? 1, pause), options);
    case 'rtf':
      return withTypes((await readRtf(bytes, pause)).rows, options);
    case 'ods':
      return readOds(checkArchive(bytes), options, pause);
    default:
      return readXlsx(checkArchive(bytes), options, pause);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* withTypes(rows: Rows, { typed, headerRow }: SpreadsheetOptions): AsyncGenerator<Row> {
  let isFirst = headerRow ?? true;
  for await (const row of rows) {
    // Names of columns stay as they are written.
    yield typed && !isFirst ? row.map((cell) => (typeof cell === 'string' ? typedValue(cell) : cell)) : row;
    isFirst = false;
  }
}

/** By what is in it: names are often wrong, and `.xls` may be any of them. */
function formatOf(bytes: Uint8Array): SpreadsheetFormat {
  const type = typeBySignature(bytes);
  if (type === 'application/x-cfb') throw oldFormat();
  if (type === 'application/rtf') return 'rtf';
  if (type === 'application/vnd.oasis.opendocument.spreadsheet') return 'ods';
  if (type === 'application/zip')
    return openZip(bytes).some(({ name }) => name === 'content.xml') ? 'ods' : 'xlsx';
  const start = decodeText(bytes.subarray(0, 1000)).trimStart();
  return start.startsWith('<') ? 'html' : 'csv';
}

function checkArchive(bytes: Uint8Array): Uint8Array {
  const type = typeBySignature(bytes);
  if (type === 'application/x-cfb') throw oldFormat();
  if (type === 'application/zip' || type === 'application/vnd.oasis.opendocument.spreadsheet') return bytes;
  throw new NodeError('config', 'This is no XLSX or ODS file, whatever its name says.', {
    retryable: false,
    detail: 'The operation “Any spreadsheet” finds out what it is.',
  });
}

const oldFormat = () =>
  new NodeError(
    'config',
    'This is a file of the old Excel format (.xls), or one that is locked with a password.',
    {
      retryable: false,
      detail: 'Neither can be read here. Save it as .xlsx without a password.',
    },
  );
