import type { Budget } from '../budget.ts';
import { type Node, parsePattern } from './parse-pattern.ts';
import type { Found, Program } from './program.ts';

interface Match {
  text: string;
  budget: Budget;
  /** Start and end of every group, -1 where it took no part. */
  spans: Int32Array;
}
type Next = (at: number) => boolean;
type Step = (match: Match, at: number, next: Next) => boolean;

/** Lookbehind looks back at most this far. */
const MAX_BEHIND = 1000;

/**
 * A backtracking matcher for what a linear engine cannot do: lookaround and back references. Each step is paid from the
 * evaluation's budget, so that a pattern that explodes ends as a limit error instead of hanging.
 */
export function backtrackProgram(source: string, flags: string): Program {
  const { root, groups, names } = parsePattern(source, flags);
  const run = compile(root);
  return {
    find(budget, text, from) {
      for (let start = from; start <= text.length; start++) {
        const match: Match = { text, budget, spans: new Int32Array((groups + 1) * 2).fill(-1) };
        let end = -1;
        const matched = run(match, start, (at) => {
          end = at;
          return true;
        });
        if (matched) return found(match.spans, start, end, groups, names);
      }
      return null;
    },
  };
}

function found(spans: Int32Array, start: number, end: number, count: number, names: Found['names']): Found {
  const groups: ([number, number] | null)[] = [[start, end]];
  for (let i = 1; i <= count; i++) groups.push(spans[i * 2]! < 0 ? null : [spans[i * 2]!, spans[i * 2 + 1]!]);
  return { start, end, groups, names };
}

function compile(node: Node): Step {
  switch (node.kind) {
    case 'char':
      return (match, at, next) => {
        match.budget.step();
        const width = node.width(match.text, at);
        return width > 0 && next(at + width);
      };
    case 'assert':
      return (match, at, next) => node.holds(match.text, at) && next(at);
    case 'sequence':
      return node.parts.map(compile).reduceRight<Step>(
        (rest, part) => (match, at, next) => part(match, at, (middle) => rest(match, middle, next)),
        (_match, at, next) => next(at),
      );
    case 'choice': {
      const parts = node.parts.map(compile);
      return (match, at, next) => parts.some((part) => part(match, at, next));
    }
    case 'group':
      return group(compile(node.body), node.index);
    case 'reference':
      return (match, at, next) => {
        match.budget.step();
        const [from, to] = [match.spans[node.index * 2]!, match.spans[node.index * 2 + 1]!];
        if (from < 0) return next(at);
        return match.text.startsWith(match.text.slice(from, to), at) && next(at + to - from);
      };
    case 'look':
      return look(compile(node.body), node.behind, node.negative);
    case 'repeat':
      if (node.body.kind === 'char') return repeatChar(node.body.width, node.min, node.max, node.lazy);
      return repeat(compile(node.body), node.min, node.max, node.lazy);
  }
}

function group(body: Step, index: number): Step {
  return (match, at, next) => {
    const before = [match.spans[index * 2]!, match.spans[index * 2 + 1]!] as const;
    const matched = body(match, at, (end) => {
      const inner = [match.spans[index * 2]!, match.spans[index * 2 + 1]!] as const;
      match.spans[index * 2] = at;
      match.spans[index * 2 + 1] = end;
      if (next(end)) return true;
      [match.spans[index * 2], match.spans[index * 2 + 1]] = inner;
      return false;
    });
    if (!matched) [match.spans[index * 2], match.spans[index * 2 + 1]] = before;
    return matched;
  };
}

function look(body: Step, behind: boolean, negative: boolean): Step {
  return (match, at, next) => {
    match.budget.step();
    const before = match.spans.slice();
    let holds = false;
    if (behind) {
      for (let from = at; !holds && from >= Math.max(0, at - MAX_BEHIND); from--) {
        holds = body(match, from, (end) => end === at);
      }
    } else holds = body(match, at, () => true);
    if (holds === negative) {
      match.spans.set(before);
      return false;
    }
    if (negative) match.spans.set(before);
    if (next(at)) return true;
    match.spans.set(before);
    return false;
  };
}

/** One character many times, without recursion: texts may be long. */
function repeatChar(
  width: (text: string, at: number) => number,
  min: number,
  max: number,
  lazy: boolean,
): Step {
  return (match, at, next) => {
    const ends = [at];
    const extend = (): boolean => {
      match.budget.step();
      const end = ends.at(-1)!;
      const size = ends.length > max ? 0 : width(match.text, end);
      if (size > 0) ends.push(end + size);
      return size > 0;
    };
    while (ends.length <= min) if (!extend()) return false;
    if (lazy) {
      do if (next(ends.at(-1)!)) return true;
      while (extend());
      return false;
    }
    while (extend());
    for (let count = ends.length - 1; count >= min; count--) {
      match.budget.step();
      if (next(ends[count]!)) return true;
    }
    return false;
  };
}

function repeat(body: Step, min: number, max: number, lazy: boolean): Step {
  const again = (match: Match, at: number, count: number, next: Next): boolean => {
    match.budget.step();
    const more = (): boolean =>
      count < max &&
      body(match, at, (end) => (end > at || count < min) && again(match, end, count + 1, next));
    if (count < min) return more();
    return lazy ? next(at) || more() : more() || next(at);
  };
  return (match, at, next) => again(match, at, 0, next);
}
