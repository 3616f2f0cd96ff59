import type { Cheerio, CheerioAPI } from 'cheerio';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import type { html } from './definition.ts';
import type { MarkupNode } from './parse-html.ts';
import { textOf } from './text-of.ts';

export type ExtractInput = InputOf<(typeof html)['operations']['extract']['fields']>;
type Row = ExtractInput['values'][number];
/** Elements of a page; cheerio names their type by a package that is not ours. */
type Elements = ReturnType<CheerioAPI>;
type Value = string | string[];

const MAX_SELECTOR = 2000;
/** Steps that one selector may need; a thousand elements beside each other cost a million for `:nth-child`. */
const MAX_STEPS = 300_000_000;

/** The values of one page. Throws NodeError: config for a selector that is none, limit for one that takes too long. */
export function extractValues(
  $: CheerioAPI,
  { values, options }: ExtractInput,
  itemIndex: number,
): JsonObject {
  const json: JsonObject = {};
  for (const [index, row] of values.entries()) {
    const field = (name: string) => `values.${index}.${name}`;
    if (row.key === '' || row.key === '__proto__') continue;
    const found = select($, row.selector, field('selector'), itemIndex, (selector) => $(selector));
    const read = (elements: Elements) =>
      tidy(readValue($, elements, row, options, field('skip'), itemIndex), options);
    const value = row.all ? found.toArray().map((element) => read($(element)) ?? null) : read(found);
    if (value !== undefined) json[row.key] = value;
  }
  return json;
}

function readValue(
  $: CheerioAPI,
  elements: Elements,
  row: Row,
  options: ExtractInput['options'],
  skipField: string,
  itemIndex: number,
): Value | undefined {
  switch (row.take) {
    case 'attribute':
      return elements.attr(row.attribute);
    case 'html':
      return elements.html() || undefined;
    case 'value':
      return elements.val();
    case 'text': {
      const kept = row.skip.trim() === '' ? elements : elements.clone();
      if (kept !== elements)
        select($, row.skip, skipField, itemIndex, (selector) => kept.find(selector)).remove();
      if (options.textStyle === 'raw') return kept.text() || undefined;
      return textOf(kept.toArray() as unknown as MarkupNode[], options.textStyle === 'marked') || undefined;
    }
  }
}

/** Looks for elements. Throws NodeError: config for a selector that is none, limit for one that takes too long. */
export function select<T extends Cheerio<never> | Elements>(
  $: CheerioAPI,
  selector: string,
  field: string,
  itemIndex: number,
  find: (selector: string) => T,
): T {
  if (selector.length > MAX_SELECTOR)
    throw new NodeError('config', `A selector has at most ${MAX_SELECTOR} characters.`, { field, itemIndex });
  if (costOf($, selector) > MAX_STEPS)
    throw new NodeError('limit', `“${selector}” would take too long on a page of this size.`, {
      field,
      itemIndex,
    });
  try {
    return find(selector);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new NodeError('config', `“${selector}” is not a CSS selector.`, { field, itemIndex, detail });
  }
}

const SLOW = /:(?:nth|first-of|last-of|only|has|contains|icontains)|~(?!=)/gi;
const NESTING = /:has\b/gi;

/**
 * Upper bound for the steps that slow parts of a selector take: what counts (and `~`) looks at all siblings of every
 * element, `:has` at all descendants, and one inside another multiplies.
 */
function costOf($: CheerioAPI, selector: string): number {
  const slow = selector.match(SLOW)?.length ?? 0;
  if (slow === 0) return 0;
  let siblings = 0;
  let descendants = 0;
  const waiting: { node: MarkupNode; depth: number }[] = [
    { node: $.root()[0] as unknown as MarkupNode, depth: 1 },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    const children = node.children ?? [];
    siblings += children.length ** 2;
    descendants += depth ** Math.max(1, selector.match(NESTING)?.length ?? 0);
    for (const child of children) waiting.push({ node: child, depth: depth + 1 });
  }
  return slow * (siblings + descendants);
}

function tidy(value: Value | undefined, options: ExtractInput['options']): Value | undefined {
  if (Array.isArray(value)) return value.map((one) => tidyText(one, options));
  return value === undefined ? undefined : tidyText(value, options);
}

function tidyText(text: string, { trim = true, cleanUp = false }: ExtractInput['options']): string {
  const line = cleanUp ? text.replace(/\s+/g, ' ').trim() : text;
  return trim ? line.trim() : line;
}
