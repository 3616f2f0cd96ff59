import { load } from 'cheerio';
import { NodeError } from '#engine/errors.ts';
import { decodeEntities } from '../xml-reader.ts';
import type { Row } from './rows.ts';

const MAX_SPAN = 1000;
const MAX_TAG = 100_000;
const TOKENS_AT_ONCE = 2000;

/**
 * The rows of one table of a page, by its place (from 1; tables inside of tables count). Cells that span columns fill the
 * others with nothing. Builds no tree and takes linear time, since pages may be nested or broken without end.
 */
export async function* readHtmlTable(
  html: string,
  number: number,
  pause: () => Promise<void>,
): AsyncGenerator<Row> {
  const table = new Table(Math.max(1, number));
  let at = 0;
  for (let n = 1; at < html.length && !table.isPast; n++) {
    if (n % TOKENS_AT_ONCE === 0) await pause();
    const open = html.indexOf('<', at);
    const next = open < 0 ? html.length : open;
    if (next > at) table.text(html.slice(at, next));
    if (open < 0) break;
    at = takeMarkup(table, html, open);
    yield* table.done();
  }
  table.end();
  yield* table.done();
  if (table.wasFound) return;
  const message = table.count === 0 ? 'The page has no table.' : `The page has only ${table.count} tables.`;
  throw new NodeError('config', message, { field: 'options.table', retryable: false });
}

/** Where to go on behind what begins there. */
function takeMarkup(table: Table, html: string, open: number): number {
  if (html.startsWith('<!--', open)) return behind(html, '-->', open + 4);
  const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(html.slice(open, open + 24));
  if (!tag) {
    if (/^<[!?/]/.test(html.slice(open, open + 2))) return behind(html, '>', open + 2);
    table.text('<');
    return open + 1;
  }
  const end = tagEnd(html, open);
  const name = tag[2]!.toLowerCase();
  if (tag[1] === '/') table.close(name);
  else table.open(name, html.slice(open, Math.min(end, open + MAX_TAG)));
  if (tag[1] !== '/' && (name === 'script' || name === 'style')) {
    const close = html.slice(end).search(new RegExp(`</${name}`, 'i'));
    return close < 0 ? html.length : end + close;
  }
  return end;
}

function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

/** Quotes count only where a value begins. */
function tagEnd(html: string, open: number): number {
  let isValue = false;
  for (let i = open + 1; i < html.length; i++) {
    const c = html[i]!;
    if (c === '>') return i + 1;
    if (isValue && (c === '"' || c === "'")) {
      const quote = html.indexOf(c, i + 1);
      if (quote > 0) i = quote;
      isValue = false;
    } else if (c === '=') isValue = true;
    else if (c.trim() !== '') isValue = false;
  }
  return html.length;
}

/** Of these, words would otherwise stick together. */
const BREAKS: ReadonlySet<string> = new Set([
  'br',
  'p',
  'div',
  'li',
  'tr',
  'td',
  'th',
  'h1',
  'h2',
  'h3',
  'h4',
]);

class Table {
  count = 0;
  wasFound = false;
  isPast = false;
  private readonly wanted: number;
  /** Of tables: 1 inside of the wanted one, 2 in a table in it. */
  private depth = 0;
  private ready: Row[] = [];
  private row: unknown[] | null = null;
  private cell: string[] | null = null;
  private span = 1;

  constructor(wanted: number) {
    this.wanted = wanted;
  }

  done(): Row[] {
    if (this.ready.length === 0) return this.ready;
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  text(text: string): void {
    this.cell?.push(text);
  }

  open(name: string, tag: string): void {
    if (name === 'table') this.openTable();
    else if (this.depth === 1 && name === 'tr') {
      this.endRow();
      this.row = [];
    } else if (this.depth === 1 && (name === 'td' || name === 'th')) {
      this.endCell();
      this.row ??= [];
      this.cell = [];
      this.span = Math.min(MAX_SPAN, Number(/\scolspan\s*=\s*["']?(\d{1,6})/i.exec(tag)?.[1]) || 1);
    } else if (BREAKS.has(name)) this.text(' ');
  }

  close(name: string): void {
    if (name === 'table' && this.depth > 0) {
      this.depth--;
      if (this.depth === 0) this.end();
    } else if (this.depth === 1 && name === 'tr') this.endRow();
    else if (this.depth === 1 && (name === 'td' || name === 'th')) this.endCell();
    else if (BREAKS.has(name)) this.text(' ');
  }

  /** A page that stops in the middle of its table has the rows so far. */
  end(): void {
    this.endRow();
    this.isPast = this.wasFound;
  }

  private openTable(): void {
    if (this.depth > 0) {
      this.depth++;
      return;
    }
    this.count++;
    if (this.count !== this.wanted) return;
    this.depth = 1;
    this.wasFound = true;
  }

  private endRow(): void {
    this.endCell();
    if (this.row) this.ready.push(this.row);
    this.row = null;
  }

  private endCell(): void {
    const { cell, row } = this;
    if (!cell || !row) return;
    this.cell = null;
    row.push(
      decode(cell.join(''))
        .replace(/[\s\u00a0]+/g, ' ')
        .trim(),
    );
    for (let i = 1; i < this.span; i++) row.push(undefined);
  }
}

/** Named entities are many; each that occurs is looked up once. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return decodeEntities(text.replace(/&(?!(?:lt|gt|amp|quot|apos);)[a-zA-Z]{2,31}[0-9]{0,2};/gi, entity));
}

const entities = new Map<string, string>();
const MAX_ENTITIES = 3000;

function entity(text: string): string {
  let letter = entities.get(text);
  if (letter === undefined) {
    letter = load(text, null, false).text();
    if (entities.size < MAX_ENTITIES) entities.set(text, letter);
  }
  return letter;
}
