import { NodeError } from '#engine/errors.ts';
import { type XmlEvent, XmlReader } from '../xml-reader.ts';
import { openZip, type ZipEntry } from '../zip-reader.ts';

/** Unpacked, all parts of a workbook together. */
const MAX_UNPACKED = 256 * 1024 * 1024;

export type Parts = ReadonlyMap<string, ZipEntry>;

/** The parts of an office file (a ZIP of XML files) by path. Throws NodeError. */
export function officeParts(archive: Uint8Array): Parts {
  const entries = openZip(archive, { entries: 10_000, bytes: MAX_UNPACKED, ratio: 500 });
  return new Map(entries.map((entry) => [entry.name.replace(/^\//, ''), entry]));
}

/** The XML of a part, some kB at a time, so that the thread can be shared in between. */
export async function* xmlEvents(entry: ZipEntry): AsyncGenerator<XmlEvent[]> {
  const reader = new XmlReader();
  const decoder = new TextDecoder();
  for await (const chunk of entry.open()) yield reader.push(decoder.decode(chunk, { stream: true }));
  yield reader.push(decoder.decode());
  yield reader.end();
}

export async function readXml(
  entry: ZipEntry | undefined,
  pause: () => Promise<void>,
  each: (event: XmlEvent) => void,
): Promise<void> {
  if (!entry) return;
  for await (const events of xmlEvents(entry)) {
    for (const event of events) each(event);
    await pause();
  }
}

/** The sheet of that name, or the first one. Throws NodeError(config) that lists the names. */
export function pickSheet<S extends { name: string }>(sheets: readonly S[], name: string | undefined): S {
  const found = name ? sheets.find((sheet) => sheet.name === name) : sheets[0];
  if (found) return found;
  if (sheets.length === 0)
    throw new NodeError('config', 'The spreadsheet has no sheets.', { retryable: false });
  throw new NodeError('config', `The spreadsheet has no sheet “${name}”.`, {
    field: 'options.sheet',
    detail: `It has: ${sheets
      .slice(0, 20)
      .map((sheet) => sheet.name)
      .join(', ')}.`,
  });
}
