/** A pattern as a tree. Characters and classes test one character each; nothing here looks further ahead. */
export type Node =
  | { kind: 'char'; width(text: string, at: number): number }
  | { kind: 'assert'; holds(text: string, at: number): boolean }
  | { kind: 'sequence' | 'choice'; parts: Node[] }
  | { kind: 'group'; index: number; body: Node }
  | { kind: 'reference'; index: number }
  | { kind: 'look'; behind: boolean; negative: boolean; body: Node }
  | { kind: 'repeat'; min: number; max: number; lazy: boolean; body: Node };

export interface Pattern {
  root: Node;
  groups: number;
  names: { name: string; index: number }[];
}

/** Parses a pattern that the host accepts as one; the host only ever checks it and tests single characters. */
export function parsePattern(source: string, flags: string): Pattern {
  new RegExp(source, flags);
  const names = groupNames(source);
  const reader = new Reader(source, flags, names);
  const root = reader.choice();
  return { root, groups: reader.groups, names };
}

/** Numbers of named groups, wherever they stand: a reference may come before its group. */
function groupNames(source: string): { name: string; index: number }[] {
  const names: { name: string; index: number }[] = [];
  let index = 0;
  const tokens = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?<([^=!>][^>]*)>|(?!\?))?/g;
  for (const token of source.matchAll(tokens)) {
    if (!token[0].startsWith('(') || (token[0] === '(' && source[token.index + 1] === '?')) continue;
    index++;
    if (token[1] !== undefined) names.push({ name: token[1], index });
  }
  return names;
}

class Reader {
  groups = 0;
  private at = 0;
  private readonly source: string;
  private readonly flags: string;
  private readonly names: Pattern['names'];

  constructor(source: string, flags: string, names: Pattern['names']) {
    this.source = source;
    this.flags = flags.replace(/[gyd]/g, '');
    this.names = names;
  }

  choice(): Node {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!))
      parts.push(this.quantified(this.atom()));
    return { kind: 'sequence', parts };
  }

  private quantified(body: Node): Node {
    const found = this.match(/(?:([*+?])|\{(\d+)(,(\d*))?\})(\??)/y);
    if (found === null) return body;
    const [, sign, from, comma, to, lazy] = found;
    const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const max =
      sign === undefined
        ? comma === undefined
          ? min
          : to === '' || to === undefined
            ? Number.POSITIVE_INFINITY
            : Number(to)
        : sign === '?'
          ? 1
          : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', min, max, lazy: lazy === '?', body };
  }

  private atom(): Node {
    const opening = this.match(/\((?:\?(?:(<?[=!])|(:)|<([^>]+)>))?/y);
    if (opening !== null) return this.parenthesis(opening[1], opening[2] !== undefined);
    const edge = this.match(/\^|\$|\\b|\\B/y);
    if (edge !== null) return this.edge(edge[0]);
    const reference = this.match(/\\(?:([1-9]\d*)|k<([^>]+)>)/y);
    if (reference !== null) {
      const index =
        reference[1] === undefined
          ? this.names.find(({ name }) => name === reference[2])?.index
          : Number(reference[1]);
      return { kind: 'reference', index: index ?? 0 };
    }
    const one = this.match(
      /\[(?:\\[\s\S]|[^\]\\])*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[\s\S])|[\s\S]/y,
    );
    return this.character(one![0]);
  }

  private parenthesis(look: string | undefined, plain: boolean): Node {
    const index = look === undefined && !plain ? ++this.groups : 0;
    const body = this.choice();
    this.take(')');
    if (look !== undefined)
      return { kind: 'look', behind: look.startsWith('<'), negative: look.endsWith('!'), body };
    return plain ? body : { kind: 'group', index, body };
  }

  /** Edges look at the two neighbours only. */
  private edge(sign: string): Node {
    const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char);
    const isBreak = (char: string | undefined) => char !== undefined && /[\n\r\u2028\u2029]/.test(char);
    const multiline = this.flags.includes('m');
    const holds = (text: string, at: number): boolean => {
      if (sign === '^') return at === 0 || (multiline && isBreak(text[at - 1]));
      if (sign === '$') return at === text.length || (multiline && isBreak(text[at]));
      return (isWord(text[at - 1]) !== isWord(text[at])) === (sign === '\\b');
    };
    return { kind: 'assert', holds };
  }

  private character(source: string): Node {
    const test = new RegExp(
      `^(?:${/^[{}\]]$/.test(source) ? `\\${source}` : source})$`,
      this.flags.replace('m', ''),
    );
    const points = /[uv]/.test(this.flags);
    const known = new Map<string, boolean>();
    const width = (text: string, at: number): number => {
      if (at >= text.length) return 0;
      const char = points ? String.fromCodePoint(text.codePointAt(at)!) : text[at]!;
      let matches = known.get(char);
      if (matches === undefined) {
        matches = test.test(char);
        if (known.size < 1000) known.set(char, matches);
      }
      return matches ? char.length : 0;
    };
    return { kind: 'char', width };
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  private take(char: string): boolean {
    if (this.source[this.at] !== char) return false;
    this.at++;
    return true;
  }
}
