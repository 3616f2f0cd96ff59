import { NodeError } from '#engine/errors.ts';
import type { XmlEvent } from '../xml-reader.ts';
import { cut, parseRange } from './cell-range.ts';
import { officeParts, pickSheet, xmlEvents } from './office-parts.ts';
import { MAX_CELLS, type Row } from './rows.ts';
import { type DateStyle, serialOfIso } from './sheet-dates.ts';
import type { SheetOptions } from './xlsx.ts';

const MAX_COLUMNS = 16_384;

/** The rows of one table of an OpenDocument spreadsheet, as `readXlsx` gives them. Throws NodeError. */
export async function* readOds(
  archive: Uint8Array,
  options: SheetOptions,
  pause: () => Promise<void>,
): AsyncGenerator<Row> {
  const range = parseRange(options.range);
  const entry = officeParts(archive).get('content.xml');
  if (!entry) throw new NodeError('config', 'This ZIP archive is no ODS file.', { retryable: false });
  const table = new TableRows(options.sheet, options.dates ?? 'iso');
  let index = -1;
  for await (const events of xmlEvents(entry)) {
    for (const event of events) {
      table.take(event);
      for (const { row, times } of table.done()) {
        // Empty rows repeat up to the end of the sheet, which nobody wants to count one by one.
        if (row.length === 0) index += times;
        else
          for (let i = 0; i < times; i++) {
            index++;
            if (index > range.lastRow) return;
            if (index >= range.firstRow) yield cut(row, range);
          }
      }
    }
    if (table.isPast) return;
    await pause();
  }
  if (!table.wasFound) pickSheet(table.names, options.sheet);
}

/** A row, and how many times it stands below itself. */
interface Repeated {
  row: unknown[];
  times: number;
}

class TableRows {
  wasFound = false;
  isPast = false;
  readonly names: { name: string }[] = [];
  private readonly wanted: string | undefined;
  private readonly dates: DateStyle;
  private ready: Repeated[] = [];
  private inside = false;
  private row: unknown[] = [];
  private rowTimes = 1;
  private blank = 0;
  private cell: { attributes: Record<string, string>; times: number; lines: string[] } | null = null;
  private depthOfNote = 0;
  private paragraphs = 0;
  private cells = 0;

  constructor(wanted: string | undefined, dates: DateStyle) {
    this.wanted = wanted || undefined;
    this.dates = dates;
  }

  done(): Repeated[] {
    if (this.ready.length === 0) return this.ready;
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  take(event: XmlEvent): void {
    if (event.type === 'text') {
      if (this.cell && this.paragraphs > 0 && this.depthOfNote === 0) this.add(event.text);
    } else if (event.type === 'open') this.open(event.name, event.attributes);
    else this.close(event.name);
  }

  private open(name: string, attributes: Record<string, string>): void {
    if (name === 'table' && !this.inside) {
      const called = attributes.name ?? '';
      this.names.push({ name: called });
      this.inside = !this.wasFound && (this.wanted === undefined || called === this.wanted);
      this.wasFound ||= this.inside;
    }
    if (!this.inside) return;
    if (name === 'annotation') this.depthOfNote++;
    else if (name === 'table-row') {
      this.row = [];
      this.blank = 0;
      this.rowTimes = times(attributes['number-rows-repeated']);
    } else if (name === 'table-cell' || name === 'covered-table-cell')
      this.cell = { attributes, times: times(attributes['number-columns-repeated']), lines: [] };
    else if (this.cell && this.depthOfNote === 0) this.openText(name, attributes);
  }

  private openText(name: string, attributes: Record<string, string>): void {
    if (name === 'p' || name === 'h') {
      this.paragraphs++;
      this.cell!.lines.push('');
    } else if (name === 's') this.add(' '.repeat(Math.min(1000, times(attributes.c))));
    else if (name === 'tab') this.add('\t');
    else if (name === 'line-break') this.add('\n');
  }

  private close(name: string): void {
    if (!this.inside) return;
    if (name === 'annotation') this.depthOfNote--;
    else if (name === 'p' || name === 'h') this.paragraphs = Math.max(0, this.paragraphs - 1);
    else if (name === 'table-cell' || name === 'covered-table-cell') this.closeCell();
    else if (name === 'table-row') this.closeRow();
    else if (name === 'table') {
      this.inside = false;
      this.isPast = true;
    }
  }

  private add(text: string): void {
    const { lines } = this.cell!;
    if (lines.length > 0) lines[lines.length - 1] += text;
  }

  /** Empty cells count only once one with content follows: sheets end with thousands of them. */
  private closeCell(): void {
    const { cell } = this;
    this.cell = null;
    if (!cell) return;
    const value = this.valueOf(cell.attributes, cell.lines);
    if (value === undefined || value === '') {
      this.blank += cell.times;
      return;
    }
    const width = this.row.length + this.blank + cell.times;
    this.cells += width - this.row.length;
    if (width > MAX_COLUMNS || this.cells > MAX_CELLS) throw tooLarge();
    for (; this.blank > 0; this.blank--) this.row.push(undefined);
    for (let i = 0; i < cell.times; i++) this.row.push(value);
  }

  private closeRow(): void {
    this.cells += this.row.length * (this.rowTimes - 1);
    if (this.cells > MAX_CELLS) throw tooLarge();
    this.ready.push({ row: this.row, times: this.rowTimes });
  }

  private valueOf(attributes: Record<string, string>, lines: string[]): unknown {
    const text = lines.join('\n');
    switch (attributes['value-type']) {
      case 'float':
      case 'percentage':
      case 'currency':
        return Number(attributes.value ?? text);
      case 'boolean':
        return attributes['boolean-value'] === 'true';
      case 'date': {
        const date = attributes['date-value'] ?? text;
        return this.dates === 'serial' ? (serialOfIso(date) ?? date) : date.replace(/\.0+$/, '');
      }
      default:
        return text;
    }
  }
}

const times = (text: string | undefined): number => {
  const count = Number(text ?? 1);
  return Number.isInteger(count) && count > 0 ? count : 1;
};

const tooLarge = () =>
  new NodeError('limit', 'The sheet has more cells than can be read at once.', { retryable: false });
