import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { NodeError } from '#engine/errors.ts';
import { decodeStream } from '../file-text.ts';
import type { Row } from './rows.ts';

export interface CsvOptions {
  delimiter?: string;
  /** Line to begin with, from 1. */
  fromLine?: number;
  /** What to do with a row that has more or fewer cells than the first. */
  oddRows?: 'keep' | 'skip' | 'error';
  /** Of those to skip; absent: any number. */
  maxSkipped?: number;
  /** Take quotes inside of cells as they are. */
  relaxQuotes?: boolean;
  encoding?: string;
  stripBom?: boolean;
}

/** A row that never ends (an open quote) must not fill the memory. */
const MAX_ROW_CHARACTERS = 10 * 1024 * 1024;
const PIECE = 64 * 1024;

/** The rows of a CSV file while it is being read. Throws NodeError(config) that names the line. */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<Row> {
  const { oddRows = 'keep', maxSkipped = Number.POSITIVE_INFINITY } = options;
  let skipped = 0;
  const parser = parse({
    delimiter: separator(options.delimiter),
    from_line: Math.max(1, options.fromLine ?? 1),
    relax_quotes: options.relaxQuotes ?? false,
    relax_column_count: oddRows === 'keep',
    skip_records_with_error: oddRows === 'skip',
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  parser.on('skip', () => {
    skipped++;
    if (skipped > maxSkipped)
      parser.destroy(
        new NodeError('config', `More than ${maxSkipped} rows of the file have errors.`, {
          retryable: false,
        }),
      );
  });
  const source = Readable.from(small(decodeStream(chunks, options)));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of source.pipe(parser)) yield row as Row;
  } catch (error) {
    throw asNodeError(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** Parsing a piece takes the thread as long as it lasts. */
async function* small(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts)
    for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

const separator = (given = ''): string => (given === '' ? ',' : given.replaceAll('\\t', '\t'));

function asNodeError(error: unknown): unknown {
  const { code, message } = error as CsvError;
  if (error instanceof NodeError || !String(code).startsWith('CSV_')) return error;
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new NodeError('limit', 'A row of the file has more than 10 MB. Is a quote never closed?', {
      retryable: false,
    });
  return new NodeError('config', message, {
    retryable: false,
    detail: 'See the options “Rows that do not fit” and “Quotes inside of cells”.',
  });
}
