import { NodeError } from '#engine/errors.ts';
import type { XmlEvent } from '../xml-reader.ts';
import { type CellRange, columnIndex, cut, parseRange } from './cell-range.ts';
import { officeParts, type Parts, pickSheet, readXml, xmlEvents } from './office-parts.ts';
import { MAX_CELLS, type Row } from './rows.ts';
import { type DateStyle, isDateFormat, isoOfSerial } from './sheet-dates.ts';

export interface SheetOptions {
  sheet?: string;
  range?: string;
  dates?: DateStyle;
}

/** Excel's own limit; a cell further out is a lie that would cost memory. */
const MAX_COLUMN = 16_383;
const MAX_TEXT = 64 * 1024 * 1024;

/**
 * The rows of one sheet, while it is being unpacked: values as they were last calculated, empty cells undefined. `pause`
 * is awaited between pieces of some kB. Throws NodeError.
 */
export async function* readXlsx(
  archive: Uint8Array,
  options: SheetOptions,
  pause: () => Promise<void>,
): AsyncGenerator<Row> {
  const range = parseRange(options.range);
  const parts = officeParts(archive);
  const book = await readBook(parts, pause);
  const sheet = pickSheet(book.sheets, options.sheet);
  const entry = parts.get(sheet.path);
  if (!entry)
    throw new NodeError('config', `The sheet “${sheet.name}” is missing in the file.`, { retryable: false });
  const dates = options.dates === 'serial' ? NO_DATES : await readDateStyles(parts, book.folder, pause);
  const strings = await readStrings(parts, book.folder, pause);
  const rows = new SheetRows(strings, dates, book.from1904, range);
  for await (const events of xmlEvents(entry)) {
    for (const event of events) rows.take(event);
    yield* rows.done();
    if (rows.isPast) return;
    await pause();
  }
}

const NO_DATES: ReadonlySet<number> = new Set();

interface Book {
  folder: string;
  sheets: { name: string; path: string }[];
  from1904: boolean;
}

async function readBook(parts: Parts, pause: () => Promise<void>): Promise<Book> {
  const main = [...(await readTargets(parts, '_rels/.rels', '', pause)).values()].find(({ type }) =>
    type.endsWith('/officeDocument'),
  );
  const path = main?.target ?? 'xl/workbook.xml';
  const entry = parts.get(path);
  if (!entry) throw new NodeError('config', 'This ZIP archive is no XLSX file.', { retryable: false });
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  const targets = await readTargets(parts, `${folder}_rels/${name}.rels`, folder, pause);
  const book: Book = { folder, sheets: [], from1904: false };
  await readXml(entry, pause, (event) => {
    if (event.type !== 'open') return;
    const { name: tag, attributes } = event;
    if (tag === 'workbookPr') book.from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    const target = tag === 'sheet' ? targets.get(attributes.id ?? '') : undefined;
    if (target?.type.endsWith('/worksheet'))
      book.sheets.push({ name: attributes.name ?? '', path: target.target });
  });
  return book;
}

async function readTargets(parts: Parts, path: string, folder: string, pause: () => Promise<void>) {
  const targets = new Map<string, { type: string; target: string }>();
  await readXml(parts.get(path), pause, (event) => {
    if (event.type !== 'open' || event.name !== 'Relationship') return;
    const { Id = '', Type = '', Target = '' } = event.attributes;
    targets.set(Id, { type: Type, target: resolvePart(folder, Target) });
  });
  return targets;
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const names: string[] = [];
  for (const name of `${folder}${target}`.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

/** Which of the cell formats mean days or times. */
async function readDateStyles(parts: Parts, folder: string, pause: () => Promise<void>) {
  const codes = new Map<number, string>();
  const dates = new Set<number>();
  let inside = false;
  let index = 0;
  await readXml(parts.get(`${folder}styles.xml`), pause, (event) => {
    if (event.type === 'text') return;
    if (event.name === 'cellXfs') inside = event.type === 'open';
    if (event.type !== 'open') return;
    const id = Number(event.attributes.numFmtId ?? 0);
    if (event.name === 'numFmt') codes.set(id, event.attributes.formatCode ?? '');
    if (event.name === 'xf' && inside) {
      if (isDateFormat(id, codes.get(id))) dates.add(index);
      index++;
    }
  });
  return dates;
}

/** Texts that cells refer to by number; those for reading aloud (phonetic) are left out. */
async function readStrings(parts: Parts, folder: string, pause: () => Promise<void>): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let total = 0;
  let takes = false;
  let aloud = false;
  await readXml(parts.get(`${folder}sharedStrings.xml`), pause, (event) => {
    if (event.type === 'text') {
      if (!takes || aloud) return;
      text += event.text;
      total += event.text.length;
      if (total > MAX_TEXT)
        throw new NodeError('limit', 'The spreadsheet holds too much text to be read at once.');
      return;
    }
    const opens = event.type === 'open';
    if (event.name === 't') takes = opens;
    else if (event.name === 'rPh') aloud = opens;
    else if (event.name === 'si') {
      if (!opens) strings.push(unescapeText(text));
      text = '';
    }
  });
  return strings;
}

/** Control characters are written as `_x000D_`. */
const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;

/** Puts the events of a sheet together to rows. */
class SheetRows {
  /** The range has been left behind. */
  isPast = false;
  private ready: Row[] = [];
  private row: unknown[] = [];
  private rowIndex = -1;
  private column = -1;
  private kind = 'n';
  private style = 0;
  private text = '';
  private takes = false;
  private aloud = false;
  private cells = 0;
  private readonly strings: readonly string[];
  private readonly dates: ReadonlySet<number>;
  private readonly from1904: boolean;
  private readonly range: CellRange;

  constructor(strings: readonly string[], dates: ReadonlySet<number>, from1904: boolean, range: CellRange) {
    this.strings = strings;
    this.dates = dates;
    this.from1904 = from1904;
    this.range = range;
  }

  done(): Row[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  take(event: XmlEvent): void {
    if (event.type === 'text') {
      if (this.takes && !this.aloud) this.text += event.text;
      return;
    }
    const opens = event.type === 'open';
    switch (event.name) {
      case 'row':
        if (opens) this.openRow(event.attributes.r);
        else this.closeRow();
        return;
      case 'c':
        if (opens) this.openCell(event.attributes);
        else this.closeCell();
        return;
      case 'v':
      case 't':
        this.takes = opens;
        return;
      case 'rPh':
        this.aloud = opens;
    }
  }

  private openRow(number: string | undefined): void {
    this.rowIndex = number === undefined ? this.rowIndex + 1 : Number(number) - 1;
    this.row = [];
    this.column = -1;
    if (this.rowIndex > this.range.lastRow) this.isPast = true;
  }

  private closeRow(): void {
    if (this.rowIndex >= this.range.firstRow && !this.isPast) this.ready.push(cut(this.row, this.range));
  }

  private openCell({ r, t, s }: Record<string, string>): void {
    const letters = r === undefined ? '' : r.replace(/\d+$/, '');
    this.column = letters === '' ? this.column + 1 : columnIndex(letters);
    if (!(this.column >= 0 && this.column <= MAX_COLUMN) || ++this.cells > MAX_CELLS)
      throw new NodeError('limit', 'The sheet has more cells than can be read at once.', {
        retryable: false,
      });
    this.kind = t ?? 'n';
    this.style = Number(s ?? 0);
    this.text = '';
  }

  private closeCell(): void {
    const value = this.text === '' ? undefined : this.valueOf(this.text);
    if (value !== undefined) this.row[this.column] = value;
  }

  private valueOf(text: string): unknown {
    switch (this.kind) {
      case 's':
        return this.strings[Number(text)];
      case 'str':
      case 'inlineStr':
        return unescapeText(text);
      case 'b':
        return text.trim() === '1' || text.trim() === 'true';
      case 'd':
        return text;
      case 'e':
        return undefined; // a formula that failed has no value
      default: {
        const number = Number(text);
        if (Number.isNaN(number)) return text;
        return this.dates.has(this.style) ? isoOfSerial(number, this.from1904) : number;
      }
    }
  }
}
