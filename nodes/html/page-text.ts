import type { ExecuteContext } from '#engine/node.ts';
import { select } from './extract.ts';
import { type MarkupNode, parseHtml } from './parse-html.ts';
import { textOf } from './text-of.ts';

export interface PagePart {
  /** CSS selector of what counts. */
  selector: string;
  /** Selectors of what does not. */
  skip: string;
  /** Readable text instead of HTML. */
  textOnly: boolean;
  /** Field that a wrong selector is reported for. */
  field: string;
  itemIndex: number;
}

/** Part of a page, as HTML or text. Throws NodeError: config for a wrong selector, limit. */
export async function pageText(
  html: string,
  context: Pick<ExecuteContext, 'breathe'>,
  { selector, skip, textOnly, field, itemIndex }: PagePart,
): Promise<string> {
  const $ = await parseHtml(html, context);
  const parts = select($, selector, field, itemIndex, (one) => $(one));
  if (skip.trim() !== '') select($, skip, field, itemIndex, (one) => parts.find(one)).remove();
  if (textOnly) return textOf(parts.toArray() as unknown as MarkupNode[], false);
  return parts
    .toArray()
    .map((part) => $(part).html() ?? '')
    .join('\n')
    .trim();
}
