import { Builder } from 'xml2js';
import { NodeError } from '#engine/errors.ts';
import type { InputOf } from '../fields.ts';
import { copyJson } from '../paths.ts';
import type { xml } from './definition.ts';
import { MAX_DEPTH } from './parse.ts';

type Options = InputOf<(typeof xml)['operations']['build']['fields']>['options'];

/** JSON as XML text. Throws NodeError: config for a name or character that XML cannot hold, limit for deep nesting. */
export function buildXml(value: unknown, options: Options): string {
  const json = copyJson(value);
  if (isDeeper(json, MAX_DEPTH))
    throw new NodeError('limit', `The JSON is nested more than ${MAX_DEPTH} levels deep.`, {
      field: 'source',
    });
  const builder = new Builder({
    attrkey: options.attributeKey || '$',
    charkey: options.textKey || '_',
    // Stated only when it is: the library names the root after a single field otherwise.
    ...(options.rootName ? { rootName: options.rootName } : {}),
    headless: options.headless ?? false,
    cdata: options.cdata ?? false,
    allowSurrogateChars: options.surrogates ?? false,
    renderOpts: options.compact ? { pretty: false } : { pretty: true, indent: '  ', newline: '\n' },
  });
  try {
    return builder.buildObject(json);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new NodeError('config', `This cannot be written as XML: ${detail}`, { field: 'source' });
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((field) => isDeeper(field, levels - 1));
}
