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

/**
 * Our parameter values in the spelling of n8n, deeply: a template becomes text that begins with `=`, any other text stands
 * as it is. `toTemplate` leads back.
 */
export function toN8nSyntax(value: unknown): unknown {
  if (typeof value === 'string') return spelled(value, false);
  if (Array.isArray(value)) return value.map(toN8nSyntax);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toN8nSyntax(field)]));
}

/** The same for one text that n8n shall evaluate in any case. */
export const asExpression = (template: string): string => spelled(template, true);

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
function blockEnd(source: string, from: number, next = nextEnd): number {
  const first = next(source, from);
  for (let at = first, n = 0; at >= 0 && n < MAX_CLOSINGS; at = next(source, at + 1), n++) {
    const verdict = parses(source.slice(from, at));
    if (verdict === 'yes') return at;
    if (verdict === 'never') break;
  }
  return first;
}
const MAX_CLOSINGS = 20;

const nextEnd = (source: string, from: number) => nextUnescaped(source, '}}', from);

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

function spelled(template: string, evaluated: boolean): string {
  let result = '';
  let at = 0;
  let open = nextUnescaped(template, '{{', at);
  let close = open < 0 ? -1 : blockEnd(template, open + 2, nextOwnEnd);
  const isTemplate = close >= 0;
  while (close >= 0) {
    result += beforeBlock(ourText(template.slice(at, open), true)) + template.slice(open, close + 2);
    at = close + 2;
    open = nextUnescaped(template, '{{', at);
    close = open < 0 ? -1 : blockEnd(template, open + 2, nextOwnEnd);
  }
  // Braces that are never closed are text, and so is all that follows.
  const rest =
    open < 0
      ? ourText(template.slice(at), false)
      : ourText(template.slice(at, open), true) + template.slice(open);
  if (!isTemplate && !evaluated && !rest.startsWith('=')) return rest;
  return `=${result}${theirText(rest)}`;
}

/** In our templates any backslash in front keeps braces from being an end. */
function nextOwnEnd(template: string, from: number): number {
  let at = template.indexOf('}}', from);
  while (at >= 0 && template[at - 1] === '\\') at = template.indexOf('}}', at + 2);
  return at;
}

/** What a piece of our templates writes: half of the backslashes in front of braces. */
function ourText(piece: string, beforeBraces: boolean): string {
  const halved = (slashes: string) => '\\'.repeat(slashes.length >> 1);
  const unescaped = piece.replace(/(\\+)\{\{/g, (_match, slashes: string) => `${halved(slashes)}{{`);
  return beforeBraces ? unescaped.replace(/\\+$/, halved) : unescaped;
}

/** A single brace in front of a block would become one of the block's own. */
function beforeBlock(text: string): string {
  const braces = /\{*$/.exec(text)![0].length;
  return braces % 2 === 0 ? theirText(text) : `${theirText(text.slice(0, -1))}{{ '{' }}`;
}

const theirText = (text: string): string =>
  text.replace(/\\+(?=\{\{|\}\}|$)|\\{2,}/g, (slashes) => slashes + slashes).replaceAll('{{', '\\{{');
