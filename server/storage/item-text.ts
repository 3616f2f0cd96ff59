import { sizeOf } from '#engine/output-size.ts';

/** Characters that are written or read in one go: a millisecond or so of work. */
const PIECE = 128 * 1024;

/**
 * Items as JSON, many lines with a list of items each, in pieces that do not hold the thread for long: not even where one
 * item is huge. A piece that ends a line ends with a line break.
 */
export function* itemPieces(items: readonly unknown[]): Generator<string> {
  for (const { slice, large } of slices(items)) {
    if (!large) yield `${JSON.stringify(slice)}\n`;
    else {
      yield '[';
      yield* pieces(slice[0]);
      yield ']\n';
    }
  }
}

/** Parts of a list that are about a piece long; an element that is more than that by itself is alone and `large`. */
function* slices(list: readonly unknown[]): Generator<{ slice: readonly unknown[]; large: boolean }> {
  let from = 0;
  let size = 0;
  for (let at = 0; at < list.length; at++) {
    const bytes = sizeOf(list[at], PIECE);
    const large = bytes >= PIECE;
    if (large && at > from) yield { slice: list.slice(from, at), large: false };
    if (large) from = at;
    size = large ? bytes : size + bytes;
    if (size < PIECE) continue;
    yield { slice: list.slice(from, at + 1), large };
    from = at + 1;
    size = 0;
  }
  if (from < list.length) yield { slice: list.slice(from), large: false };
}

function* pieces(value: unknown): Generator<string> {
  if (sizeOf(value, PIECE) < PIECE || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null';
    return;
  }
  let before = '';
  if (Array.isArray(value)) {
    yield '[';
    for (const { slice, large } of slices(value)) {
      if (!large) yield before + JSON.stringify(slice).slice(1, -1);
      else {
        yield before;
        yield* pieces(slice[0]);
      }
      before = ',';
    }
    yield ']';
    return;
  }
  yield '{';
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined || typeof field === 'function') continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* pieces(field);
    before = ',';
  }
  yield '}';
}

/** The lines of a text that comes in chunks. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let open: Buffer[] = [];
  for await (const chunk of body) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      open.push(rest.subarray(0, end));
      yield Buffer.concat(open).toString('utf8');
      open = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) open.push(rest);
  }
  if (open.length > 0) yield Buffer.concat(open).toString('utf8');
}
