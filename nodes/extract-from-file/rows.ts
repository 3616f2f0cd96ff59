import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';

/** A row of a table: one value per column, empty ones undefined or ''. */
export type Row = readonly unknown[];
export type Rows = AsyncIterable<Row> | Iterable<Row>;

export interface TableRules {
  /** The first row holds the names of the columns; else every item is `{row: […]}`. */
  headerRow: boolean;
  /** Leave empty cells out; else they are ''. */
  skipEmptyCells: boolean;
  maxRows?: number;
}

/** More would not fit into a worker beside everybody else's work. */
export const MAX_CELLS = 10_000_000;
const MAX_COLUMNS = 16_384;

/**
 * The rows of a table as objects, without those that are wholly empty. Columns of the same name get a number, columns
 * without a name are called `__EMPTY`, `__EMPTY_1`, … where they hold something. Throws NodeError(limit).
 */
export async function* toRecords(rows: Rows, rules: TableRules): AsyncGenerator<JsonObject> {
  const { headerRow, skipEmptyCells, maxRows = Number.POSITIVE_INFINITY } = rules;
  let columns: Columns | undefined;
  let made = 0;
  let cells = 0;
  if (maxRows <= 0) return;
  for await (const row of rows) {
    if (row.length > MAX_COLUMNS) throw tooMany(`a row of ${row.length} columns; at most ${MAX_COLUMNS}`);
    // Cells that are missing in a row are filled up, and take as much room as others.
    cells += skipEmptyCells ? row.length : Math.max(row.length, columns?.width ?? 0);
    if (cells > MAX_CELLS) throw tooMany(`more than ${MAX_CELLS.toLocaleString('en')} cells; that many`);
    if (row.every(isEmpty)) continue;
    if (headerRow && !columns) {
      columns = new Columns(row);
      continue;
    }
    yield columns ? toObject(row, columns, skipEmptyCells) : { row: toList(row, skipEmptyCells) };
    if (++made >= maxRows) return;
  }
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

function toObject(row: Row, columns: Columns, skipEmptyCells: boolean): JsonObject {
  const json: JsonObject = {};
  const width = Math.max(row.length, columns.width);
  for (let i = 0; i < width; i++) {
    const value = row[i];
    if (!isEmpty(value)) json[columns.name(i)] = value;
    else if (!skipEmptyCells && columns.isNamed(i)) json[columns.name(i)] = '';
  }
  return json;
}

const toList = (row: Row, skipEmptyCells: boolean): unknown[] =>
  Array.from(row, (value) => (isEmpty(value) ? (skipEmptyCells ? null : '') : value));

class Columns {
  readonly width: number;
  private readonly names: string[] = [];
  private readonly named: boolean[] = [];
  private readonly used = new Set<string>();
  /** The number that the next column of the same name gets. */
  private readonly next = new Map<string, number>();
  /** Columns in front of the first name are not counted: the table begins behind them. */
  private blanks = 0;

  constructor(header: Row) {
    this.width = header.length;
    const first = header.findIndex((value) => !isEmpty(value));
    for (const [i, value] of header.entries()) {
      this.named.push(!isEmpty(value));
      this.names.push(isEmpty(value) ? (i < first ? '' : this.blankName()) : this.unique(String(value)));
    }
  }

  isNamed(i: number): boolean {
    return this.named[i] ?? false;
  }

  name(i: number): string {
    while (this.names.length <= i) this.names.push(this.blankName());
    if (this.names[i] === '') this.names[i] = this.blankName();
    return this.names[i]!;
  }

  private blankName(): string {
    return this.unique(this.blanks++ === 0 ? '__EMPTY' : `__EMPTY_${this.blanks - 1}`);
  }

  private unique(wanted: string): string {
    const base = wanted === '__proto__' ? '_proto_' : wanted;
    let name = base;
    for (let n = this.next.get(base) ?? 1; this.used.has(name); n++) {
      name = `${base}_${n}`;
      this.next.set(base, n + 1);
    }
    this.used.add(name);
    return name;
  }
}

const tooMany = (what: string) =>
  new NodeError('limit', `The file has ${what} can be read at once.`, {
    retryable: false,
    detail: 'Read fewer rows (“Read at most”) or a smaller range.',
  });
