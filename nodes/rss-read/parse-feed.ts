import Parser from 'rss-parser';
import type { JsonObject } from '#engine/item.ts';

export interface Feed {
  text: string;
  customFields: string[];
}

/**
 * The entries of a feed, in its order. Throws an Error for text that is no feed. May take very long for text that is made
 * for it: call it through `entriesOf`.
 */
export async function parseFeed({ text, customFields }: Feed): Promise<JsonObject[]> {
  const parser = new Parser<object, JsonObject>({ customFields: { item: customFields } });
  const { items } = await parser.parseString(text);
  // Through JSON, since the parser's objects have undefined fields and whatever prototype a feed gave them.
  return JSON.parse(JSON.stringify(items)) as JsonObject[];
}
