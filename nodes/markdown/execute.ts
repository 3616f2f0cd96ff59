import type { Item } from '#engine/item.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { setPath, shallowCopy } from '../paths.ts';
import { converted } from './converted.ts';
import { markdown } from './definition.ts';

export const markdownNode = implement(markdown, {
  toHtml: (context) =>
    forEachItem(context, async (item, itemIndex, { markdown: text, target, options }) =>
      withField(item, itemIndex, target, await converted({ to: 'html', text, options }, context.signal)),
    ),
  toMarkdown: (context) =>
    forEachItem(context, async (item, itemIndex, { html: text, target, options }) =>
      withField(item, itemIndex, target, await converted({ to: 'markdown', text, options }, context.signal)),
    ),
});

function withField(item: Item, itemIndex: number, path: string, value: string): Item {
  const json = shallowCopy(item.json);
  setPath(json, path, value);
  return derive(item, itemIndex, json);
}
