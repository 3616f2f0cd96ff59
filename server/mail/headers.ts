import { decodeWords } from 'postal-mime';
import type { MailHeader } from '#engine/mail.ts';

const MAX_HEADERS = 1_000;

/** The lines of a header block, folded ones in one. */
export function parseHeaders(block: Uint8Array): MailHeader[] {
  const lines: string[] = [];
  for (const line of Buffer.from(block).toString('utf8').split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += ` ${line.trim()}`;
    else if (line !== '') lines.push(line);
    if (lines.length > MAX_HEADERS) break;
  }
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    return [
      {
        name: line.slice(0, colon).trim().toLowerCase(),
        value: decodeWords(line.slice(colon + 1).trim()),
        line,
      },
    ];
  });
}
