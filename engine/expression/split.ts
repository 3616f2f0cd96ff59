/** A piece of a template: text as it is written out, or the source of a block and where it starts. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'block'; source: string; offset: number; closings: number[] };

/**
 * Splits a template at its `{{ … }}` blocks. `\{{` is a literal `{{`; a doubled backslash in front of `{{` is one
 * backslash. A `{{` that is never closed is text. `closings` are the further `}}` of the template behind the block's
 * first one, for blocks whose code holds `}}` itself.
 */
export function splitTemplate(source: string): Part[] {
  const parts: Part[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    if (open < 0) break;
    let slashes = 0;
    while (open - slashes > at && source[open - slashes - 1] === '\\') slashes++;
    text += source.slice(at, open - slashes) + '\\'.repeat(slashes >> 1);
    if (slashes % 2 === 1) {
      text += '{{';
      at = open + 2;
      continue;
    }
    const closings = closingsFrom(source, open + 2);
    const close = closings.shift();
    if (close === undefined) {
      text += source.slice(open);
      at = source.length;
      break;
    }
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push({ kind: 'block', source: source.slice(open + 2, close), offset: open + 2, closings });
    at = close + 2;
  }
  text += source.slice(at);
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

const MAX_CLOSINGS = 20;

function closingsFrom(source: string, from: number): number[] {
  const found: number[] = [];
  let at = source.indexOf('}}', from);
  while (at >= 0 && found.length < MAX_CLOSINGS) {
    if (source[at - 1] !== '\\') found.push(at);
    at = source.indexOf('}}', at + (source[at - 1] === '\\' ? 2 : 1));
  }
  return found;
}
