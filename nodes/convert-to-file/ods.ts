import { encodeEntities } from '../xml-reader.ts';
import { writeZip, type ZipFile } from '../zip-writer.ts';
import type { Cell } from './table-rows.ts';
import { sheetTitle } from './xlsx.ts';

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const SPACE = 'urn:oasis:names:tc:opendocument:xmlns';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const PIECE = 64 * 1024;

/** An OpenDocument spreadsheet with one table, in pieces while the rows are being made. */
export async function* odsBytes(rows: AsyncIterable<Cell[]>, sheetName: string): AsyncGenerator<Uint8Array> {
  const files: ZipFile[] = [
    // By the standard first and unpacked, so that others see what the file is.
    { name: 'mimetype', content: [Buffer.from(TYPE)], store: true },
    {
      name: 'META-INF/manifest.xml',
      content: [
        Buffer.from(
          `${HEAD}<manifest:manifest xmlns:manifest="${SPACE}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="${TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
        ),
      ],
    },
    { name: 'content.xml', content: contentXml(rows, sheetName) },
  ];
  yield* writeZip(files);
}

async function* contentXml(rows: AsyncIterable<Cell[]>, sheetName: string): AsyncGenerator<Uint8Array> {
  let piece = `${HEAD}<office:document-content xmlns:office="${SPACE}:office:1.0" xmlns:table="${SPACE}:table:1.0" xmlns:text="${SPACE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="${encodeEntities(sheetTitle(sheetName))}">`;
  for await (const row of rows) {
    piece += `<table:table-row>${row.map(cellXml).join('')}</table:table-row>`;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(`${piece}</table:table></office:spreadsheet></office:body></office:document-content>`);
}

function cellXml(cell: Cell): string {
  if (cell === null || cell === '') return '<table:table-cell/>';
  const value = typedAttributes(cell);
  return `<table:table-cell ${value}>${paragraphs(String(cell))}</table:table-cell>`;
}

function typedAttributes(cell: string | number | boolean): string {
  if (typeof cell === 'number') return `office:value-type="float" office:value="${cell}"`;
  if (typeof cell === 'boolean') return `office:value-type="boolean" office:boolean-value="${cell}"`;
  return 'office:value-type="string"';
}

/** Lines are paragraphs; several blanks in a row would count as one. */
const paragraphs = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const marked = encodeEntities(line)
        .replaceAll('\t', '<text:tab/>')
        .replace(/^ | {2,}| $/g, (blanks) => `<text:s text:c="${blanks.length}"/>`);
      return `<text:p>${marked}</text:p>`;
    })
    .join('');
