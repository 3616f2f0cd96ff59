import { ExpressionSyntaxError } from './failures.ts';
import { parseBlock } from './parse.ts';
import { isPlainObject } from './values.ts';

/**
 * Parameter values of n8n in our spelling, deeply: text that begins with `=` is a template, any other text is literal
 * even with `{{ }}` in it. Inside n8n's templates `\{{` and `\}}` are literal braces and a doubled backslash is one.
 */
export function toTemplate(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('=') ? fromTemplate(value.slice(1)) : literal(value);
  if (Array.isArray(value)) return value.map(toTemplate);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toTemplate(field)]));
}

/** Backslashes in front of `{{` count in our templates: each is doubled, and one more makes the braces literal. */
const literal = (text: string): string =>
  text.replace(/(\\*)\{\{/g, (_match, slashes: string) => `${slashes}${slashes}\\{{`);

function fromTemplate(source: string): string {
  let result = '';
  let at = 0;
  while (at < source.length) {
    const open = nextUnescaped(source, '{{', at);
    if (open < 0) break;
    const close = blockEnd(source, open + 2);
    if (close < 0) break;
    result += blockText(source.slice(at, open)) + source.slice(open, close + 2);
    at = close + 2;
  }
  return result + literal(unescapeText(source.slice(at)));
}

/** Where the code of a block ends: at the first `}}` that leaves code which parses, else at the very first. */
function blockEnd(source: string, from: number): number {
  const first = nextUnescaped(source, '}}', from);
  for (let at = first, n = 0; at >= 0 && n < MAX_CLOSINGS; at = nextUnescaped(source, '}}', at + 1), n++) {
    const verdict = parses(source.slice(from, at));
    if (verdict === 'yes') return at;
    if (verdict === 'never') break;
  }
  return first;
}
const MAX_CLOSINGS = 20;

function parses(code: string): 'yes' | 'not yet' | 'never' {
  try {
    parseBlock(code.replaceAll('\\}}', '}}').replaceAll('\\{{', '{{'));
    return 'yes';
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.isFinal ? 'never' : 'not yet';
    throw error;
  }
}

/** Text in front of a block: backslashes at its very end would otherwise escape the block. */
function blockText(text: string): string {
  return literal(unescapeText(text)).replace(/\\+$/, (slashes) => slashes + slashes);
}

const unescapeText = (text: string): string =>
  text.replace(/\\(\\|\{\{|\}\})/g, (_match, escaped: string) => escaped);

/** An odd number of backslashes in front escapes. */
function nextUnescaped(source: string, what: string, from: number): number {
  let at = source.indexOf(what, from);
  while (at >= 0) {
    let slashes = 0;
    while (at - slashes > from && source[at - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
    at = source.indexOf(what, at + what.length);
  }
  return -1;
}
