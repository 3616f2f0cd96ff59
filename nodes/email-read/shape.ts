import { addressParser } from 'postal-mime';
import type { JsonObject } from '#engine/item.ts';
import type { MailHeader, ReceivedMail } from '#engine/mail.ts';

export type MailFormat = 'simple' | 'resolved' | 'raw';

const TOP = ['from', 'to', 'cc', 'subject', 'date'] as const;
const ADDRESSES = ['from', 'to', 'cc', 'bcc', 'reply-to', 'sender'] as const;

/** A message as json, in one of the shapes that people choose from. Headers that come several times count once, the first. */
export function shapeMail(mail: ReceivedMail, format: MailFormat): JsonObject {
  const attributes = { uid: mail.uid, flags: mail.flags };
  if (format === 'raw') return { raw: mail.raw ?? '', attributes };
  const headers = firstOfEach(mail.headers);
  return format === 'simple' ? simple(mail, headers, attributes) : resolved(mail, headers, attributes);
}

function simple(
  mail: ReceivedMail,
  headers: ReadonlyMap<string, MailHeader>,
  attributes: JsonObject,
): JsonObject {
  const isTop = (name: string) => (TOP as readonly string[]).includes(name);
  const rest = [...headers.values()].filter(({ name }) => !isTop(name));
  const json: JsonObject = {};
  for (const name of TOP) {
    const header = headers.get(name);
    if (header) json[name] = header.value;
  }
  return {
    ...json,
    textPlain: mail.text ?? '',
    textHtml: mail.html ?? '',
    metadata: Object.fromEntries(rest.map(({ name, value }) => [name, value])),
    attributes,
  };
}

function resolved(
  mail: ReceivedMail,
  headers: ReadonlyMap<string, MailHeader>,
  attributes: JsonObject,
): JsonObject {
  const value = (name: string) => headers.get(name)?.value;
  const references = value('references')?.split(/\s+/).filter(Boolean);
  const known = {
    subject: value('subject'),
    date: isoDate(value('date')),
    messageId: value('message-id'),
    inReplyTo: value('in-reply-to'),
    references: references?.length === 1 ? references[0] : references,
    text: mail.text,
    textAsHtml: mail.text === undefined ? undefined : asHtml(mail.text),
    html: mail.html ?? false,
  };
  const json: JsonObject = {};
  for (const [name, one] of Object.entries(known)) if (one !== undefined) json[name] = one;
  for (const name of ADDRESSES) {
    const header = headers.get(name);
    if (header) json[name === 'reply-to' ? 'replyTo' : name] = addressesOf(header);
  }
  json.headers = Object.fromEntries([...headers.values()].map(({ name, line }) => [name, line]));
  return { ...json, attributes };
}

function firstOfEach(headers: readonly MailHeader[]): ReadonlyMap<string, MailHeader> {
  const first = new Map<string, MailHeader>();
  for (const header of headers)
    if (header.name !== '__proto__' && !first.has(header.name)) first.set(header.name, header);
  return first;
}

/** From the header as it came: a comma that is encoded separates nothing. */
function addressesOf({ line }: MailHeader): JsonObject {
  const found = addressParser(line.slice(line.indexOf(':') + 1), { flatten: true });
  const value = found.map((one) => ({ address: one.address ?? '', name: one.name }));
  const both = value.map(({ name, address }) => (name ? `"${name}" <${address}>` : address));
  const links = value.map(({ name, address }) => {
    const link = `<a href="mailto:${escapeHtml(address)}">${escapeHtml(address)}</a>`;
    return name ? `${escapeHtml(name)} &lt;${link}&gt;` : link;
  });
  return { value, text: both.join(', '), html: links.join(', ') };
}

/** As the header has it where that is no date. */
function isoDate(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

const asHtml = (text: string): string =>
  text
    .replace(/\r\n/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br/>')}</p>`)
    .join('');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char]!);
