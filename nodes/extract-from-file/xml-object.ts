import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { type XmlEvent, XmlReader } from '../xml-reader.ts';

/** What comes after would not survive being written as JSON. */
const MAX_DEPTH = 200;
const PIECE = 64 * 1024;

/**
 * XML as an object: attributes are under `$`, text beside them under `_`, elements of the same name are a list. Throws
 * NodeError(config) for what is not well-formed, limit for what is nested too deeply.
 */
export async function readXmlObject(text: string, pause: () => Promise<void>): Promise<JsonObject> {
  const reader = new XmlReader({ prefixes: true });
  const root: Element = { name: '', json: Object.create(null), text: [] };
  const open: Element[] = [root];
  for (let at = 0; at <= text.length; at += PIECE) {
    const last = at + PIECE > text.length;
    for (const event of reader.push(text.slice(at, at + PIECE))) take(open, event);
    if (last) for (const event of reader.end()) take(open, event);
    await pause();
  }
  if (open.length > 1) throw wrong(`<${open.at(-1)!.name}> has no end`);
  if (Object.keys(root.json).length === 0) throw wrong('it has no element');
  return { ...root.json };
}

interface Element {
  name: string;
  json: JsonObject;
  text: string[];
}

function take(open: Element[], event: XmlEvent): void {
  const top = open[open.length - 1]!;
  if (event.type === 'text') {
    if (open.length > 1) top.text.push(event.text);
    else if (event.text.trim() !== '') throw wrong('there is text outside of its elements');
    return;
  }
  if (event.type === 'open') {
    if (open.length > MAX_DEPTH)
      throw new NodeError('limit', `The XML is nested more than ${MAX_DEPTH} levels deep.`);
    const json: JsonObject = Object.create(null);
    if (Object.keys(event.attributes).length > 0) json.$ = { ...event.attributes };
    open.push({ name: event.name, json, text: [] });
    return;
  }
  if (open.length === 1 || top.name !== event.name) throw wrong(`</${event.name}> has no beginning`);
  open.pop();
  add(open[open.length - 1]!.json, top.name, contentOf(top));
}

function contentOf({ json, text }: Element): unknown {
  const whole = text.join('').trim();
  const names = Object.keys(json);
  if (names.length === 0) return whole;
  return { ...json, ...(whole === '' ? {} : { _: whole }) };
}

function add(json: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') return;
  const before = json[name];
  if (before === undefined) json[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else json[name] = [before, value];
}

const wrong = (why: string) =>
  new NodeError('config', `The XML cannot be read: ${why}.`, { retryable: false });
