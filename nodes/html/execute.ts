import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import { decodeText } from '../file-text.ts';
import { derive, forEachItem, implement, type OperationContext, toMain } from '../implement.ts';
import { fileOf } from '../item-files.ts';
import { getPath, setPath, shallowCopy } from '../paths.ts';
import { html } from './definition.ts';
import { type ExtractInput, extractValues } from './extract.ts';
import { parseHtml } from './parse-html.ts';
import { tableOf } from './table.ts';

export const htmlNode = implement(html, {
  extract: (context) =>
    forEachItem(context, (item, itemIndex, input) => extract(context, item, itemIndex, input)),
  template: (context) =>
    forEachItem(context, (item, itemIndex, input) =>
      derive(item, itemIndex, fieldOf(input.target, input.html)),
    ),
  table: async (context) => {
    if (context.items.length === 0) return toMain([]);
    const { target, options } = context.input(0);
    const json = fieldOf(target, await tableOf(context.items, options, context));
    return toMain([{ json, source: context.items.map((_, index) => sourceAt(index)) }]);
  },
});

async function extract(
  context: OperationContext<ExtractInput>,
  item: Item,
  itemIndex: number,
  input: ExtractInput,
): Promise<Item[]> {
  const given =
    input.from === 'file'
      ? decodeText(await context.services.files.read(fileOf(item, input.file, itemIndex)))
      : getPath(item.json, input.source);
  if (given === undefined || given === null) {
    throw new NodeError('config', `The item has no field “${input.source}”.`, { field: 'source', itemIndex });
  }
  const made: Item[] = [];
  for (const text of Array.isArray(given) ? given : [given]) {
    const $ = await parseHtml(String(text), context);
    const json = extractValues($, input, itemIndex);
    made.push(
      derive(item, itemIndex, input.options.keepFields ? { ...shallowCopy(item.json), ...json } : json),
    );
  }
  return made;
}

function fieldOf(path: string, value: string): Item['json'] {
  const json: Item['json'] = {};
  setPath(json, path, value);
  return json;
}
