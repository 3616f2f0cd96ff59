import { RE2JS } from 're2js';
import type { Budget } from '../budget.ts';
import { ExpressionError } from '../failures.ts';
import { backtrackProgram } from './backtrack.ts';

/** One match: spans in UTF-16 units; group 0 is the whole match. */
export interface Found {
  start: number;
  end: number;
  groups: readonly (readonly [number, number] | null)[];
  names: readonly { name: string; index: number }[];
}

export interface Program {
  find(budget: Budget, text: string, from: number): Found | null;
}

const cache = new Map<string, Program>();
const MAX_CACHED = 500;
const MAX_SOURCE = 5000;

/** Lookaround and back references: no linear-time engine has them. */
const BEYOND_LINEAR = /\(\?<?[=!]|\\[1-9]|\\k</;

/**
 * Compiles a pattern: to RE2, which matches in linear time, or where the pattern needs more, to our own matcher with a
 * step budget. The host's engine never matches. Throws ExpressionError for a pattern that does not parse.
 */
export function compileProgram(source: string, flags: string): Program {
  if (source.length > MAX_SOURCE) throw new ExpressionError('The regular expression is too long');
  const key = `${flags}/${source}`;
  const known = cache.get(key);
  if (known) return known;
  const program = BEYOND_LINEAR.test(source) ? checked(source, flags) : re2Program(source, flags);
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(key, program);
  return program;
}

function checked(source: string, flags: string): Program {
  try {
    return backtrackProgram(source, flags);
  } catch (error) {
    throw new ExpressionError(
      `Invalid regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** RE2 knows the white space of ASCII only. */
const SPACE = String.raw`\s\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;
const widerSpace = (source: string): string => {
  let inClass = false;
  return source.replace(/\\[\s\S]|[[\]]/g, (token) => {
    if (token === '[' || token === ']') inClass = token === '[';
    if (token === '\\s') return inClass ? SPACE : `[${SPACE}]`;
    if (token === '\\S' && !inClass) return `[^${SPACE}]`;
    return token;
  });
};

function re2Program(source: string, flags: string): Program {
  let bits = 0;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(widerSpace(RE2JS.translateRegExp(source)), bits);
  } catch (error) {
    throw new ExpressionError(
      `Unsupported regular expression: ${error instanceof Error ? error.message : error}`,
    );
  }
  const names = Object.entries(compiled.namedGroups() as Record<string, number>).map(([name, index]) => ({
    name,
    index,
  }));
  const weight = 1 + compiled.programSize() / 32;
  return {
    find(budget, text, from) {
      budget.step(1 + Math.ceil(((text.length - from) * weight) / 4));
      const matcher = compiled.matcher(text);
      if (!matcher.find(from)) return null;
      const groups: ([number, number] | null)[] = [];
      for (let i = 0; i <= matcher.groupCount(); i++) {
        const start = matcher.start(i);
        groups.push(start < 0 ? null : [start, matcher.end(i)]);
      }
      return { start: groups[0]![0], end: groups[0]![1], groups, names };
    },
  };
}
