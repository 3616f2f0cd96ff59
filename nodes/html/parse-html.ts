import { type CheerioAPI, stringStream } from 'cheerio';
import { NodeError } from '#engine/errors.ts';
import type { ExecuteContext } from '#engine/node.ts';

/** What this node needs to know of an element or a text of a parsed page. */
export interface MarkupNode {
  type: string;
  /** Tag name in lower case. */
  name?: string;
  /** Of a text. */
  data?: string;
  attribs?: Record<string, string>;
  children?: MarkupNode[];
}

/** Texts are taken in slices, so that a page that is made to be slow can be given up in time. */
const SLICE = 8 * 1024;
const MAX_LENGTH = 20_000_000;
const MAX_DEPTH = 1000;
/** Processor time for the parser alone: what a slow machine may need, several times over. */
const MIN_MS = 1000;
const MS_PER_CHARACTER = 0.002;

/**
 * Reads a page as browsers do, missing tags added. Throws NodeError(limit) for a page that is too large, too deeply
 * nested or takes too long: misnested tags can make a small page grow without end.
 */
export async function parseHtml(
  text: string,
  { breathe }: Pick<ExecuteContext, 'breathe'>,
): Promise<CheerioAPI> {
  if (text.length > MAX_LENGTH) throw tooMuch('is larger than 20 MB');
  const done = Promise.withResolvers<CheerioAPI>();
  const stream = stringStream({}, (error, $) => (error ? done.reject(error) : done.resolve($)));
  const { document } = stream as unknown as { document: MarkupNode };
  let spent = 0;
  for (let from = 0; from < text.length; from += SLICE) {
    const start = process.threadCpuUsage();
    stream.write(text.slice(from, from + SLICE));
    const { user, system } = process.threadCpuUsage(start);
    spent += (user + system) / 1000;
    if (depthOf(document) > MAX_DEPTH) throw tooMuch(`is nested more than ${MAX_DEPTH} levels deep`);
    if (spent > MIN_MS + from * MS_PER_CHARACTER) throw tooMuch('takes too long to read');
    const pause = breathe();
    if (pause) await pause;
  }
  stream.end();
  return done.promise;
}

/** How deep the parser is at this moment: it always works on the last child. */
function depthOf(root: MarkupNode): number {
  let depth = 0;
  for (let node: MarkupNode | undefined = root; node; node = node.children?.at(-1)) depth++;
  return depth;
}

const tooMuch = (what: string) => new NodeError('limit', `The HTML ${what}.`, { field: 'source' });
