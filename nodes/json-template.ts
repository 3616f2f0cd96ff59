import { NodeError } from '#engine/errors.ts';
import { hasTemplate } from './fields.ts';
import type { OperationContext } from './implement.ts';
import { copyJson } from './paths.ts';

/** An even number of backslashes in front of `{{` does not escape it. */
const BLOCK = /(?<=(?:^|[^\\])(?:\\\\)*)\{\{[\s\S]*?\}\}/g;

/**
 * The value of a `json` field. Text around {{ }} blocks is JSON with holes: an object put into it appears as JSON (not as
 * “[object Object]”), and when the result is no JSON because a value holds quotes or line breaks, those are escaped.
 * Throws NodeError(config) when it is still no JSON. Anything but text is returned as rendered.
 */
export function jsonValue(
  context: OperationContext<unknown>,
  name: string,
  rendered: unknown,
  itemIndex: number,
): unknown {
  const raw = context.rawParameters[name];
  const split = typeof raw === 'string' ? splitOf(raw) : null;
  if (!split && typeof rendered !== 'string') return copyJson(rendered);
  if (!split) return parsed(String(rendered)) ?? fail(name, String(rendered), itemIndex);
  const parts = split.map((part) =>
    part.hole ? { ...part, value: copyJson(context.evaluate(part.text, itemIndex)) } : part,
  );
  const plain = parts.map((part) => (part.hole ? asJsonText(part) : part.text)).join('');
  return parsed(plain) ?? parsed(parts.map(escaped).join('')) ?? fail(name, plain, itemIndex);
}

interface Part {
  text: string;
  hole: boolean;
  value?: unknown;
  /** Inside the quotes of a JSON text. */
  quoted: boolean;
}

/** One text is used for all of many items. */
const splits = new Map<string, readonly Part[] | null>();
const MAX_SPLITS = 200;

/** Null: no template, or one block that is all of the text. */
function splitOf(raw: string): readonly Part[] | null {
  let split = splits.get(raw);
  if (split === undefined) {
    split = hasTemplate(raw) && !isSingleBlock(raw) ? holes(raw) : null;
    if (splits.size >= MAX_SPLITS) splits.clear();
    splits.set(raw, split);
  }
  return split;
}

function holes(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  let quoted = false;
  const literal = (piece: string) => {
    const unescaped = piece.replaceAll('\\{{', '{{');
    for (const _ of unescaped.replace(/\\./g, '').matchAll(/"/g)) quoted = !quoted;
    parts.push({ text: unescaped, hole: false, quoted });
  };
  for (const match of text.matchAll(BLOCK)) {
    literal(text.slice(end, match.index));
    parts.push({ text: match[0], hole: true, quoted });
    end = match.index + match[0].length;
  }
  literal(text.slice(end));
  return parts;
}

function asJsonText({ value, quoted }: Part): string {
  if (value === null || value === undefined) return quoted ? '' : 'null';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const escaped = (part: Part): string => {
  if (!part.hole || !part.quoted) return part.hole ? asJsonText(part) : part.text;
  return JSON.stringify(asJsonText(part)).slice(1, -1);
};

const isSingleBlock = (text: string) => {
  const blocks = [...text.matchAll(BLOCK)];
  return blocks.length === 1 && blocks[0]![0].length === text.length;
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // JSON cannot give undefined, so this says “not JSON”
  }
}

function fail(name: string, text: string, itemIndex: number): never {
  const start = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  throw new NodeError('config', `${name}: this is not valid JSON.`, {
    field: name,
    itemIndex,
    detail: start,
  });
}
