import { NodeError } from '#engine/errors.ts';
import type { MailAddress } from '#engine/mail.ts';

const MAX_ADDRESSES = 1_000;
/** Narrower than the standard allows: what else it allows is hardly ever meant, and often a trick. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u;

/**
 * The addresses of a text such as `Ada <ada@example.com>, bob@example.com`; semicolons separate too, and a list (or its
 * JSON) may stand instead. Throws NodeError(config) that names the field. Line breaks are refused: they would end the header.
 */
export function parseAddresses(text: string, field: string): MailAddress[] {
  const parts = splitAddresses(fromList(text.trim()));
  if (parts.length > MAX_ADDRESSES)
    throw new NodeError('config', `A message may have ${MAX_ADDRESSES} addresses; these are more.`, {
      field,
    });
  return parts.map((part) => parseAddress(part, field));
}

/** A line without control characters, for headers. Throws NodeError(config). */
export function headerLine(text: string, field: string): string {
  if (/\p{Cc}/u.test(text.replaceAll('\t', ' ')))
    throw new NodeError('config', 'A line break or control character cannot stand there.', { field });
  return text;
}

function parseAddress(part: string, field: string): MailAddress {
  headerLine(part, field);
  const open = part.endsWith('>') ? part.lastIndexOf('<') : -1;
  const address = (open < 0 ? part : part.slice(open + 1, -1)).trim();
  const name = open < 0 ? '' : unquoted(part.slice(0, open).trim());
  if (!ADDRESS.test(address))
    throw new NodeError('config', `“${part.slice(0, 200)}” is no e-mail address.`, { field });
  return { name, address };
}

/** At commas and semicolons, but not inside quotes or angle brackets. */
function splitAddresses(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"' && text[i - 1] !== '\\') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '<') inside = true;
    else if (char === '>') inside = false;
    else if ((char === ',' || char === ';') && !inside) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function fromList(text: string): string {
  if (!text.startsWith('[')) return text;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String).join(', ') : text;
  } catch {
    return text; // no list after all: what stands there is said to be no address
  }
}

const unquoted = (name: string): string =>
  name.length > 1 && name.startsWith('"') && name.endsWith('"')
    ? name.slice(1, -1).replace(/\\(.)/g, '$1')
    : name;
