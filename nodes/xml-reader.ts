import { NodeError } from '#engine/errors.ts';

/** Names come without their prefix (`x:row` is `row`), unless the reader was asked to keep it. */
export type XmlEvent =
  | { type: 'open'; name: string; attributes: Record<string, string> }
  | { type: 'close'; name: string }
  | { type: 'text'; text: string };

/** A tag, comment or section that is longer was made to fill the memory. */
const MAX_TOKEN = 1024 * 1024;
/** `&quot;` and the like are never longer. */
const MAX_ENTITY = 12;

/**
 * Reads XML in pieces, in linear time and without building a tree; for the parts of office files. It knows the five
 * entities of XML and numbers, and no others: nothing can expand. Throws NodeError(config) for what is not well-formed.
 */
export class XmlReader {
  private rest = '';
  private readonly nameOf: (name: string) => string;

  constructor({ prefixes = false }: { prefixes?: boolean } = {}) {
    this.nameOf = prefixes ? (name) => name : localName;
  }

  /** What the text so far contains; the last token may wait for more. */
  push(text: string): XmlEvent[] {
    this.rest += text;
    return this.read(false);
  }

  end(): XmlEvent[] {
    const events = this.read(true);
    if (this.rest.trim() !== '') throw malformed('it ends inside a tag');
    return events;
  }

  private read(last: boolean): XmlEvent[] {
    const { rest } = this;
    const events: XmlEvent[] = [];
    let at = 0;
    while (at < rest.length) {
      const open = rest.indexOf('<', at);
      if (open !== at) {
        const end = textEnd(rest, at, open, last);
        if (end > at) events.push({ type: 'text', text: decodeEntities(rest.slice(at, end)) });
        at = end;
        if (open < 0 || end < open) break;
      }
      const end = tokenEnd(rest, open);
      if (end < 0) {
        if (rest.length - open > MAX_TOKEN) throw malformed('a tag in it has no end');
        break;
      }
      addToken(events, rest, open, end, this.nameOf);
      at = end;
    }
    this.rest = rest.slice(at);
    return events;
  }
}

/** Where text ends that can be given out: not in the middle of an entity. */
function textEnd(text: string, at: number, open: number, last: boolean): number {
  if (open >= 0) return open;
  if (last) return text.length;
  const amp = text.lastIndexOf('&');
  return amp >= at && text.length - amp < MAX_ENTITY && text.indexOf(';', amp) < 0 ? amp : text.length;
}

/** Behind the token that begins there; -1 when it is not all there yet. */
function tokenEnd(text: string, open: number): number {
  const second = text.charCodeAt(open + 1);
  if (second === 0x21 /* ! */) {
    if (text.startsWith('<!--', open)) return after(text, '-->', open + 4);
    if (text.startsWith('<![CDATA[', open)) return after(text, ']]>', open + 9);
    const rest = text.slice(open, open + 9);
    if ('<![CDATA['.startsWith(rest) || '<!--'.startsWith(rest)) return -1;
    throw malformed('it declares a document type, which is not read');
  }
  if (second === 0x3f /* ? */) return after(text, '?>', open + 2);
  for (let i = open + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x3e /* > */) return i + 1;
    if (c !== 0x22 && c !== 0x27) continue;
    i = text.indexOf(text[i]!, i + 1); // a quoted value may hold anything
    if (i < 0) return -1;
  }
  return -1;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

type NameOf = (name: string) => string;

function addToken(events: XmlEvent[], text: string, open: number, end: number, nameOf: NameOf): void {
  const second = text[open + 1];
  if (second === '!') {
    if (text[open + 2] === '[') events.push({ type: 'text', text: text.slice(open + 9, end - 3) });
    return;
  }
  if (second === '?') return;
  if (second === '/') {
    events.push({ type: 'close', name: nameOf(text.slice(open + 2, end - 1).trimEnd()) });
    return;
  }
  const closed = text[end - 2] === '/';
  const body = text.slice(open + 1, closed ? end - 2 : end - 1);
  const space = body.search(/\s/);
  const name = nameOf(space < 0 ? body : body.slice(0, space));
  const attributes = space < 0 ? NO_ATTRIBUTES : attributesOf(body, space, nameOf);
  events.push({ type: 'open', name, attributes });
  if (closed) events.push({ type: 'close', name });
}

const NO_ATTRIBUTES: Record<string, string> = Object.freeze(Object.create(null));

/** From one equals sign to the next: in linear time, whatever stands there. */
function attributesOf(body: string, from: number, nameOf: NameOf): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  let at = from;
  for (;;) {
    const equals = body.indexOf('=', at);
    if (equals < 0) return attributes;
    let start = equals + 1;
    while (isBlank(body.charCodeAt(start))) start++;
    const quote = body[start];
    const end = quote === '"' || quote === "'" ? body.indexOf(quote, start + 1) : -1;
    if (end < 0) throw malformed('a value in it has no quotes');
    const name = nameOf(body.slice(at, equals).trim());
    attributes[name] ??= decodeEntities(body.slice(start + 1, end));
    at = end + 1;
  }
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (all, hex, decimal, name) => {
      if (name) return NAMED[name.toLowerCase()]!;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

const UNSAFE: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** For text and attributes; control characters, which XML cannot hold, are left out. */
export const encodeEntities = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[<>&"]/g, (c) => UNSAFE[c]!);

const malformed = (why: string) =>
  new NodeError('config', `The XML in the file cannot be read: ${why}.`, { retryable: false });
