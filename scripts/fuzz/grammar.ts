import type { Random } from './random.ts';
import { ATTACKS, MEMBERS, NAMES, OPERATORS, PATTERNS } from './words.ts';

const MAX_DEPTH = 5;

/** The source of a random expression: mostly valid JavaScript, some of it hostile. */
export function randomExpression(random: Random, depth = 0): string {
  const deeper = () => randomExpression(random, depth + 1);
  if (depth >= MAX_DEPTH) return leaf(random);
  const make = random.pick(random.chance(0.3) ? LEAVES : BRANCHES);
  return make(random, deeper);
}

type Maker = (random: Random, deeper: () => string) => string;

const member = (random: Random): string => random.pick(MEMBERS);

const BRANCHES: readonly Maker[] = [
  (random, deeper) => `${deeper()}.${member(random)}`,
  (random, deeper) => `${deeper()}.${member(random)}(${random.times(3, deeper).join(', ')})`,
  (random, deeper) => `${deeper()}.${member(random)}(${random.times(3, deeper).join(', ')})`,
  (random, deeper) => `${deeper()}?.${member(random)}?.(${deeper()})`,
  (_random, deeper) => `${deeper()}[${deeper()}]`,
  (random, deeper) => `(${deeper()} ${random.pick(OPERATORS)} ${deeper()})`,
  (_random, deeper) => `(${deeper()} ? ${deeper()} : ${deeper()})`,
  (random, deeper) => `[${random.times(4, deeper).join(', ')}]`,
  (random, deeper) => `[...${deeper()}, ${random.times(2, deeper).join(', ')}]`,
  (random, deeper) =>
    `({ ${random.times(3, () => `${random.pick(['a', '"b"', '[x]', '__proto__', '["__proto__"]', 'constructor'])}: ${deeper()}`).join(', ')} })`,
  (_random, deeper) => `({ ...${deeper()} })`,
  (random, deeper) =>
    `({ get a() { return ${deeper()} }, set a(v) { ${deeper()} }, ${member(random)}() { return this } })`,
  (_random, deeper) => `((x, y = ${deeper()}) => ${deeper()})`,
  (_random, deeper) => `((x) => { ${deeper()}; return ${deeper()} })(${deeper()})`,
  (_random, deeper) => `(({ a, ...b }, [c] = ${deeper()}) => ${deeper()})(${deeper()})`,
  (_random, deeper) => `(function f(x) { return ${deeper()} })(${deeper()})`,
  (_random, deeper) => `(() => { for (const x of ${deeper()}) { ${deeper()} } return ${deeper()} })()`,
  (_random, deeper) => `(() => { for (const k in ${deeper()}) { ${deeper()} } })()`,
  (_random, deeper) =>
    `(() => { for (let i = 0; i < ${deeper()}; i++) { ${deeper()} } return ${deeper()} })()`,
  (_random, deeper) => `(() => { do { ${deeper()} } while (${deeper()}) })()`,
  (_random, deeper) => `(() => { try { ${deeper()} } catch (e) { return e } finally { ${deeper()} } })()`,
  (_random, deeper) =>
    `(() => { switch (${deeper()}) { case ${deeper()}: return ${deeper()}; default: throw ${deeper()} } })()`,
  (_random, deeper) => `(() => { a: for (;;) { if (${deeper()}) break a; ${deeper()} } })()`,
  (_random, deeper) => `new ${deeper()}(${deeper()})`,
  (_random, deeper) => `(class { x = ${deeper()}; static y = ${deeper()}; m() { return ${deeper()} } })`,
  (_random, deeper) => `new (class extends ${deeper()} { constructor() { super(${deeper()}) } })()`,
  (random, deeper) => `\`a\${${deeper()}}b\${${random.chance(0.5) ? deeper() : '1'}}\``,
  (random, deeper) => `${random.pick(['typeof', 'void', '!', '-', '+', '~', 'delete'])} ${deeper()}`,
  (random, deeper) =>
    `(${random.pick(['x', 'y', '$json.name', '$json.tags[0]', 'x.y'])} ${random.pick(['=', '+=', '??=', '||=', '**='])} ${deeper()})`,
  (_random, deeper) => `$if(${deeper()}, ${deeper()}, ${deeper()})`,
  (_random, deeper) => `$jmespath(${deeper()}, ${deeper()})`,
  (_random, deeper) => `(${deeper()}, ${deeper()})`,
  (_random, deeper) => `${deeper()}\`x\${${deeper()}}\``,
];

const LEAVES: readonly Maker[] = [
  leaf,
  leaf,
  (random) => random.pick(ATTACKS),
  (random) => `/${random.pick(PATTERNS)}/${random.pick(['', 'g', 'gi', 'u', 's', 'y', 'gimsuy', 'v', 'd'])}`,
  (random) => `"${'a'.repeat(random.pick([1, 30, 1000, 50_000]))}!".match(/${random.pick(PATTERNS)}/)`,
  (random) => `new RegExp(${JSON.stringify(random.pick(PATTERNS))}, "g")`,
];

function leaf(random: Random): string {
  switch (random.below(8)) {
    case 0:
      return random.pick([
        '0',
        '-1',
        '1e308',
        '1e9',
        '0.1',
        '4294967296',
        '9007199254740993n',
        '-0',
        '1_000',
        '0x7f',
        '017',
      ]);
    case 1:
      return JSON.stringify(
        random.pick([
          '',
          'a',
          'x'.repeat(random.below(2000)),
          '\u0000',
          '𝒳',
          '2024-05-15T10:30:00.000Z',
          '{"a":1}',
          '__proto__',
          'constructor',
          '\\',
          '}}',
          '{{ 1 }}',
          'a@b.co',
          '12,5 €',
        ]),
      );
    case 2:
      return random.pick(['true', 'false', 'null', 'undefined', 'NaN']);
    case 3:
      return `$json.${random.pick(['name', 'age', 'tags', 'nested', 'nested.deep', 'none', 'none.none', 'text', 'big'])}`;
    case 4:
      return `$('Start')${random.pick(['', '.item', '.first()', '.all()', '.last().json', '.params', '.context', '.itemMatching(0)'])}`;
    case 5:
      return `Symbol.${random.pick(['iterator', 'toPrimitive', 'species', 'hasInstance', 'for("x")', 'unscopables'])}`;
    default:
      return random.pick(NAMES);
  }
}
