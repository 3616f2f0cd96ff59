import { getDocument, version } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { copyJson } from '../paths.ts';
import { parsePages } from './pages.ts';
import { checkPdfStreams } from './pdf-streams.ts';

export interface PdfOptions {
  password?: string;
  /** `1-3, 7`; empty: all. */
  pages?: string;
  maxPages?: number;
  /** One text instead of a list of texts. */
  joinPages?: boolean;
}

/** What a document may hold; more would take minutes of a worker's time. */
const MAX_PAGES = 5_000;
const MAX_TEXT = 32 * 1024 * 1024;

/**
 * Text and facts of a PDF: `{numpages, numrender, info, metadata, text, version}`. Between pages `pause` is awaited; one
 * page is read in one go. Throws NodeError(config) for a wrong password or a damaged file, limit for a huge one.
 */
export async function readPdf(
  bytes: Uint8Array,
  options: PdfOptions,
  pause: () => Promise<void>,
): Promise<JsonObject> {
  await checkPdfStreams(bytes);
  const pdf = await open(bytes, options.password);
  try {
    const { info, metadata } = await pdf.getMetadata();
    const pages = parsePages(options.pages, pdf.numPages).slice(0, options.maxPages || undefined);
    if (pages.length > MAX_PAGES)
      throw new NodeError(
        'limit',
        `The document has ${pages.length} pages; at most ${MAX_PAGES} are read at once.`,
        {
          field: 'options.pages',
        },
      );
    const texts: string[] = [];
    let length = 0;
    for (const number of pages) {
      await pause();
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = toLines(items as TextPiece[]);
      page.cleanup();
      length += text.length;
      if (length > MAX_TEXT)
        throw new NodeError('limit', 'The document holds too much text. Read fewer pages.', {
          field: 'options.pages',
        });
      texts.push(text);
    }
    const facts = metadata ? Object.fromEntries(metadata as Iterable<[string, unknown]>) : undefined;
    return {
      numpages: pdf.numPages,
      numrender: pages.length,
      info: copyJson(info),
      ...(facts ? { metadata: copyJson(facts) } : {}),
      text: (options.joinPages ?? true) ? texts.join('\n\n') : texts,
      version,
    };
  } finally {
    await pdf.destroy();
  }
}

interface TextPiece {
  str?: string;
  transform?: number[];
}

/** Pieces at the same height are one line. */
function toLines(pieces: readonly TextPiece[]): string {
  const parts: string[] = [];
  let height: number | undefined;
  for (const { str, transform } of pieces) {
    if (str === undefined || transform === undefined) continue;
    if (height !== undefined && height !== transform[5]) parts.push('\n');
    parts.push(str);
    height = transform[5];
  }
  return parts.join('');
}

async function open(bytes: Uint8Array, password: string | undefined) {
  try {
    // The reader takes its bytes over: it gets a copy, since others may hold the same.
    const opening = getDocument({
      data: new Uint8Array(bytes),
      ...(password ? { password } : {}),
      // Scripts, forms and fonts of the document are of no use here.
      isEvalSupported: false,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
      stopAtErrors: false,
    });
    return await opening.promise;
  } catch (error) {
    if ((error as Error).name !== 'PasswordException') throw error;
    const message = password
      ? 'The password does not open this PDF.'
      : 'This PDF is locked: it needs a password.';
    throw new NodeError('config', message, { field: 'options.password', retryable: false });
  }
}
