import iconv from 'iconv-lite';
import { NodeError } from '#engine/errors.ts';

/** Groups that hold no text of the document. */
const HIDDEN: ReadonlySet<string> = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'listtable',
  'listoverridetable',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'headerl',
  'headerr',
  'footerl',
  'footerr',
  'themedata',
  'generator',
]);

const SPECIAL: Record<string, string> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
};

export interface RtfContent {
  /** What is not in tables as well as what is. */
  text: string;
  /** Of all tables, one below the other. */
  rows: string[][];
}

const TOKEN =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/g;

/** Text and tables of a rich text document. Throws NodeError(config) for what is none. */
export async function readRtf(bytes: Uint8Array, pause: () => Promise<void>): Promise<RtfContent> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!source.startsWith('{\\rtf'))
    throw new NodeError('config', 'The file is no RTF document.', { retryable: false });
  const reader = new RtfReader();
  let seen = 0;
  for (const [, word, number, hex, symbol, brace, plain] of source.matchAll(TOKEN)) {
    if (word) reader.word(word, number);
    else if (hex) reader.byte(Number.parseInt(hex, 16));
    else if (symbol) reader.symbol(symbol);
    else if (brace) reader.group(brace === '{');
    else if (plain) reader.plain(plain);
    if (++seen % 2000 === 0) await pause();
  }
  return reader.content();
}

interface Group {
  hidden: boolean;
  /** How many letters stand behind `\u…` for old readers. */
  skip: number;
  isNew: boolean;
}

class RtfReader {
  private groups: Group[] = [{ hidden: false, skip: 1, isNew: false }];
  private encoding = 'windows-1252';
  private text: string[] = [];
  private rows: string[][] = [];
  private row: string[] = [];
  private cell: string[] = [];
  private pendingBytes: number[] = [];
  private toSkip = 0;

  content(): RtfContent {
    this.flush();
    return { text: this.text.join('').replace(/\n+$/, ''), rows: this.rows };
  }

  group(opens: boolean): void {
    this.flush();
    this.toSkip = 0;
    if (opens) {
      if (this.groups.length > 10_000) throw new NodeError('limit', 'The RTF document is nested too deeply.');
      this.groups.push({ ...this.top, isNew: true });
    } else if (this.groups.length > 1) this.groups.pop();
  }

  word(word: string, number: string | undefined): void {
    const group = this.top;
    const starts = group.isNew;
    group.isNew = false;
    if (starts && HIDDEN.has(word)) group.hidden = true;
    if (word === 'ansicpg') this.setCodePage(Number(number));
    else if (word === 'uc') group.skip = Math.min(10, Number(number ?? 1));
    else if (word === 'u' && number !== undefined) {
      const code = Number(number);
      this.add(String.fromCharCode(code < 0 ? code + 0x10000 : code));
      this.toSkip = group.skip;
    } else if (word === 'cell') this.endCell();
    else if (word === 'row') this.endRow();
    else if (Object.hasOwn(SPECIAL, word)) this.add(SPECIAL[word]!);
  }

  byte(value: number): void {
    this.top.isNew = false;
    if (this.toSkip > 0) this.toSkip--;
    else if (!this.top.hidden) this.pendingBytes.push(value);
  }

  symbol(symbol: string): void {
    // `\*` marks a group that readers may leave out when they do not know it.
    if (symbol === '*') this.top.hidden = true;
    else if (symbol === '~') this.add('\u00a0');
    else if (symbol === '_') this.add('-');
    else if (symbol === '\n' || symbol === '\r') this.add('\n');
    else if (symbol === '\\' || symbol === '{' || symbol === '}') this.plain(symbol);
  }

  plain(text: string): void {
    this.top.isNew = false;
    const skipped = Math.min(this.toSkip, text.length);
    this.toSkip -= skipped;
    if (skipped < text.length) this.add(text.slice(skipped));
  }

  private get top(): Group {
    return this.groups[this.groups.length - 1]!;
  }

  private add(text: string): void {
    this.flush();
    if (this.top.hidden) return;
    this.text.push(text);
    this.cell.push(text);
  }

  /** Letters of more than one byte come as several codes. */
  private flush(): void {
    if (this.pendingBytes.length === 0) return;
    const decoded = iconv.decode(Buffer.from(this.pendingBytes), this.encoding);
    this.pendingBytes = [];
    this.text.push(decoded);
    this.cell.push(decoded);
  }

  private endCell(): void {
    this.flush();
    this.row.push(this.cell.join('').trim());
    this.cell = [];
    this.text.push('\t');
  }

  private endRow(): void {
    this.rows.push(this.row);
    this.row = [];
    this.cell = [];
    this.text.push('\n');
  }

  private setCodePage(page: number): void {
    const name = page === 65001 ? 'utf-8' : `windows-${page}`;
    if (iconv.encodingExists(name)) this.encoding = name;
    else if (iconv.encodingExists(`cp${page}`)) this.encoding = `cp${page}`;
  }
}
