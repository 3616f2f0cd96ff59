import { NodeError } from '#engine/errors.ts';
import { encodeEntities } from '../xml-reader.ts';
import { writeZip, type ZipFile } from '../zip-writer.ts';
import type { Cell } from './table-rows.ts';

const MAX_ROWS = 1_048_576;
/** Of one cell. */
const MAX_TEXT = 32_767;
const PIECE = 64 * 1024;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook with one sheet, in pieces while the rows are being made. Throws NodeError(limit) for what Excel could not open. */
export async function* xlsxBytes(rows: AsyncIterable<Cell[]>, sheetName: string): AsyncGenerator<Uint8Array> {
  const name = encodeEntities(sheetTitle(sheetName));
  const files: ZipFile[] = [
    part(
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${OFFICE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${OFFICE}.styles+xml"/></Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    ),
    part(
      'xl/styles.xml',
      `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`,
    ),
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(rows) },
  ];
  yield* writeZip(files);
}

const part = (name: string, xml: string): ZipFile => ({ name, content: [Buffer.from(HEAD + xml)] });

async function* sheetXml(rows: AsyncIterable<Cell[]>): AsyncGenerator<Uint8Array> {
  let piece = `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  let number = 0;
  for await (const row of rows) {
    number++;
    if (number > MAX_ROWS)
      throw new NodeError('limit', `A sheet may have ${MAX_ROWS.toLocaleString('en')} rows.`);
    piece += `<row r="${number}">${row.map((cell, i) => cellXml(cell, i, number)).join('')}</row>`;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(`${piece}</sheetData></worksheet>`);
}

function cellXml(cell: Cell, column: number, row: number): string {
  if (cell === null || cell === '') return '';
  const place = `${columnLetters(column)}${row}`;
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (cell.length > MAX_TEXT)
    throw new NodeError(
      'limit',
      `The text for cell ${place} is too long: Excel takes ${MAX_TEXT.toLocaleString('en')} letters.`,
    );
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${encodeEntities(escapeText(cell))}</t></is></c>`;
}

/** `_x000D_` in a text would be read as a control character; lines in a cell end with one letter. */
const escapeText = (text: string): string =>
  text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/\r\n?/g, '\n');

/** 0 is A, 26 is AA. */
function columnLetters(index: number): string {
  const known = letters[index];
  if (known !== undefined) return known;
  const rest = Math.floor(index / 26);
  const text = (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
  letters[index] = text;
  return text;
}
const letters: string[] = [];

/** Excel allows 31 letters, and not these. */
export function sheetTitle(name: string): string {
  const title = name
    .replace(/[\\/?*[\]:\p{Cc}]/gu, ' ')
    .trim()
    .replace(/^'+|'+$/g, '')
    .slice(0, 31);
  return title === '' ? 'Sheet' : title;
}
