/** Tokens of Moment.js, which early n8n nodes used, in Luxon's words; null: Luxon has no such token. */
const TOKENS: Record<string, string | null> = {
  YYYY: 'yyyy',
  YY: 'yy',
  Y: 'y',
  Q: 'q',
  MMMM: 'MMMM',
  MMM: 'MMM',
  MM: 'MM',
  M: 'M',
  DDDD: 'ooo',
  DDD: 'o',
  DD: 'dd',
  D: 'd',
  Do: null,
  dddd: 'cccc',
  ddd: 'ccc',
  dd: null,
  d: null,
  E: 'c',
  e: null,
  WW: 'WW',
  W: 'W',
  ww: 'nn',
  w: 'n',
  GGGG: 'kkkk',
  gggg: 'iiii',
  HH: 'HH',
  H: 'H',
  hh: 'hh',
  h: 'h',
  kk: null,
  k: null,
  mm: 'mm',
  m: 'm',
  ss: 'ss',
  s: 's',
  SSS: 'SSS',
  SS: 'uu',
  S: 'uuu',
  A: 'a',
  a: 'a',
  ZZ: 'ZZZ',
  Z: 'ZZ',
  z: 'z',
  X: 'X',
  x: 'x',
  LTS: 'h:mm:ss a',
  LT: 'h:mm a',
  LLLL: 'cccc, MMMM d, yyyy h:mm a',
  LLL: 'MMMM d, yyyy h:mm a',
  LL: 'MMMM d, yyyy',
  L: 'MM/dd/yyyy',
};
/** What stands for the tokens that Luxon lacks. */
const NEAREST: Record<string, string> = { Do: 'd', dd: 'ccc', d: 'c', e: 'c', kk: 'HH', k: 'H' };
const PARTS = new RegExp(
  `\\[([^\\]]*)\\]|(Do|${Object.keys(TOKENS)
    .sort((a, b) => b.length - a.length)
    .join('|')})|([A-Za-z]+?)|([^A-Za-z[]+|\\[)`,
  'g',
);

/** A pattern of Moment.js as one of Luxon, and the tokens that come out differently. */
export function fromMoment(pattern: string): { pattern: string; differing: string[] } {
  const differing: string[] = [];
  const result = [...pattern.matchAll(PARTS)].map(([whole, literal, token, letters]) => {
    if (literal !== undefined) return quoted(literal);
    if (letters !== undefined) return quoted(letters);
    if (token === undefined) return whole;
    const known = TOKENS[token];
    if (known !== null && known !== undefined && token !== 'a') return known;
    differing.push(token);
    return NEAREST[token] ?? 'a';
  });
  return { pattern: result.join('').replaceAll("''", ''), differing };
}

const quoted = (text: string) => (text === '' ? '' : `'${text.replaceAll("'", '’')}'`);
