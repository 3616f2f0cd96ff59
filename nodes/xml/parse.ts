import { Parser } from 'xml2js';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import type { xml } from './definition.ts';

type Options = InputOf<(typeof xml)['operations']['parse']['fields']>['options'];

export type ParseOptions = Options;

export const MAX_DEPTH = 500;

/**
 * Names carry this while they are parsed, since a name such as `constructor` would meet what every object inherits. No
 * name in XML has a blank.
 */
const MARK = ' ';
const mark = (name: string) => MARK + name;

/**
 * XML as JSON. Document types with own entities are never expanded, so small texts stay small. Holds the thread until it
 * is done: see `xmlToJson`. Throws NodeError: config for text that is no XML, limit for text that is too deeply nested.
 */
export async function parseXml(text: string, options: Options): Promise<unknown> {
  const parser = new Parser({
    attrkey: mark(options.attributeKey || '$'),
    charkey: mark(options.textKey || '_'),
    mergeAttrs: options.mergeAttributes ?? true,
    ignoreAttrs: options.ignoreAttributes ?? false,
    explicitArray: options.alwaysLists ?? false,
    explicitRoot: options.keepRoot ?? true,
    trim: options.trim ?? false,
    normalize: options.normalise ?? false,
    normalizeTags: options.lowerCaseTags ?? false,
    tagNameProcessors: [mark],
    attrNameProcessors: [mark],
  });
  let parsed: unknown;
  try {
    parsed = await parser.parseStringPromise(text);
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new NodeError('config', `This is not valid XML: ${detail}`, {
      field: 'source',
      detail: text.slice(0, 200),
    });
  }
  return unmarked(parsed, 0);
}

function unmarked(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw tooMuch(`is nested more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) return value.map((element) => unmarked(element, depth + 1));
  const json: JsonObject = {};
  for (const [key, field] of Object.entries(value)) {
    const name = key.startsWith(MARK) ? key.slice(MARK.length) : key;
    if (name !== '__proto__') json[name] = unmarked(field, depth + 1);
  }
  return json;
}

export const tooMuch = (what: string) => new NodeError('limit', `The XML ${what}.`, { field: 'source' });
