import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { getPath, isPlain, setPath, shallowCopy } from '../paths.ts';
import { buildXml } from './build.ts';
import { xml } from './definition.ts';
import { xmlToJson } from './xml-to-json.ts';

export const xmlNode = implement(xml, {
  parse: (context) =>
    forEachItem(context, async (item, itemIndex, { source, target, options }) => {
      const value = await xmlToJson(String(valueAt(item.json, source, itemIndex)), options, context.signal);
      if (target !== '') {
        const json = shallowCopy(item.json);
        setPath(json, target, value);
        return derive(item, itemIndex, json);
      }
      return derive(item, itemIndex, isPlain(value) ? value : value === null ? {} : { data: value });
    }),
  build: (context) =>
    forEachItem(context, (item, itemIndex, { source, target, options }) => {
      const value = source === '' ? item.json : valueAt(item.json, source, itemIndex);
      const json: JsonObject = {};
      setPath(json, target, buildXml(value, options));
      return derive(item, itemIndex, json);
    }),
});

function valueAt(json: JsonObject, path: string, itemIndex: number): unknown {
  const value = getPath(json, path);
  if (value !== undefined && value !== null) return value;
  throw new NodeError('config', `The item has no field “${path}”.`, { field: 'source', itemIndex });
}
