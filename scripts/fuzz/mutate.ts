import { amplified } from './amplify.ts';
import { randomExpression } from './grammar.ts';
import type { Random } from './random.ts';
import { ATTACKS } from './words.ts';

const BITS =
  '{{ }} \\{{ \\}} \\\\ ( ) [ ] { } => ... ?. ?? ; , " \' ` ${ / * // /* */ # @ \u0000 \u2028 \ud800 \uffff 𝒳 \n = == new in of'.split(
    ' ',
  );

/** The text of a random template: an expression, several of them between words, or one that was damaged. */
export function randomTemplate(random: Random): string {
  const kind = random.next();
  if (kind < 0.03) return bytes(random);
  if (kind < 0.06) return nested(random);
  if (kind < 0.1) return amplified(random);
  let source = random.chance(0.08) ? random.pick(ATTACKS) : randomExpression(random);
  if (random.chance(0.25)) source = damaged(random, source);
  if (random.chance(0.1)) return `a {{ ${source} }} b {{ ${randomExpression(random, 3)} }}`;
  return `{{ ${source} }}`;
}

function bytes(random: Random): string {
  const length = random.below(300);
  const text = String.fromCharCode(
    ...Array.from({ length }, () => random.below(random.chance(0.9) ? 128 : 65_536)),
  );
  return `{{${text}}}`;
}

/** Deep things: what parsers and evaluators recurse over. */
function nested(random: Random): string {
  const depth = random.pick([50, 500, 5_000, 20_000]);
  const [open, middle, close] = random.pick([
    ['(', '1', ')'],
    ['[', '', ']'],
    ['{a:', '1', '}'],
    ['!', '1', ''],
    ['-', '1', ''],
    ['a.', 'b', ''],
    ['a?.', 'b', ''],
    ['1+', '1', ''],
    ['x=>', '1', ''],
    ['f(', '', ')'],
    ['`${', '1', '}`'],
    ['a?', 'b', ':c'],
    ['{{', '', '}}'],
    ['(()=>{', '', '})()'],
    ['[...', 'x', ']'],
    ['$if(1,', '1', ',2)'],
    ['$("Start").first().json.', 'x', ''],
  ] as const);
  return `{{ ${open.repeat(depth)}${middle}${close.repeat(depth)} }}`;
}

function damaged(random: Random, source: string): string {
  let text = source;
  for (let n = 1 + random.below(4); n > 0; n--) {
    const at = random.below(text.length + 1);
    const to = Math.min(text.length, at + random.below(12));
    switch (random.below(4)) {
      case 0:
        text = text.slice(0, at) + text.slice(to);
        break;
      case 1:
        text = text.slice(0, at) + random.pick(BITS) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, to) + text.slice(at);
        break;
      default:
        text = text.slice(0, at) + text.slice(at, to).repeat(1 + random.below(50)) + text.slice(to);
    }
  }
  return text;
}
