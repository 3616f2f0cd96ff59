import { encodeEntities } from '../xml-reader.ts';
import type { Cell } from './table-rows.ts';

type Rows = AsyncIterable<Cell[]>;

/** Small pieces cost more to hand on than to make. */
const PIECE = 64 * 1024;

/** Rows as CSV: cells are quoted where they have to be; no line break behind the last. */
export async function* csvText(rows: Rows, delimiter: string): AsyncGenerator<string> {
  const special = new Set(['"', '\n', '\r', delimiter]);
  const quote = (text: string) => {
    for (const mark of special) if (text.includes(mark)) return `"${text.replaceAll('"', '""')}"`;
    return text;
  };
  let isFirst = true;
  yield* inPieces(rows, (row) => {
    const line = row.map((cell) => quote(csvCell(cell))).join(delimiter);
    const begin = isFirst ? '' : '\n';
    isFirst = false;
    return begin + line;
  });
}

const csvCell = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : String(cell);

export async function* htmlText(rows: Rows, headerRow: boolean): AsyncGenerator<string> {
  yield '<!doctype html>\n<html>\n<head><meta charset="utf-8"><title>Table</title></head>\n<body>\n<table>\n';
  let isHead = headerRow;
  yield* inPieces(rows, (row) => {
    const tag = isHead ? 'th' : 'td';
    const line = row.map((cell) => `<${tag}>${encodeEntities(csvCell(cell))}</${tag}>`).join('');
    const text = isHead ? `<thead><tr>${line}</tr></thead>\n` : `<tr>${line}</tr>\n`;
    isHead = false;
    return text;
  });
  yield '</table>\n</body>\n</html>\n';
}

/** All columns are as wide as each other. */
const PAGE_TWIPS = 9000;

export async function* rtfText(rows: Rows): AsyncGenerator<string> {
  yield '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n';
  yield* inPieces(rows, (row) => {
    const width = Math.max(1, Math.floor(PAGE_TWIPS / Math.max(1, row.length)));
    const edges = row.map((_, i) => `\\cellx${(i + 1) * width}`).join('');
    return `\\trowd${edges}\n${row.map((cell) => `\\intbl ${rtfCell(csvCell(cell))}\\cell`).join('')}\\row\n`;
  });
  yield '}';
}

function rtfCell(text: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const c = text[i]!;
    if (c === '\\' || c === '{' || c === '}') result += `\\${c}`;
    else if (c === '\n') result += '\\line ';
    else if (c === '\t') result += '\\tab ';
    else if (code < 32) continue;
    else result += code < 128 ? c : `\\u${code > 32_767 ? code - 65_536 : code}?`;
  }
  return result;
}

async function* inPieces(rows: Rows, toText: (row: Cell[]) => string): AsyncGenerator<string> {
  let piece = '';
  for await (const row of rows) {
    piece += toText(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
