import { NodeError } from '#engine/errors.ts';
import { Budget } from '#engine/expression/budget.ts';
import { ExpressionError, FatalExpressionError } from '#engine/expression/failures.ts';
import { compileProgram, type Found, type Program } from '#engine/expression/regex/program.ts';

/** A regular expression that somebody wrote into a field: it never meets the host's engine, and cannot hang. */
export interface Pattern {
  test(text: string): boolean;
  /** `$1`, `$<name>` and `$&` in the replacement stand for what was found. */
  replace(text: string, replacement: string, all: boolean): string;
}

/** Throws NodeError(config) that names the field when the pattern does not parse; its methods throw NodeError(limit). */
export function compilePattern(source: string, flags: { ignoreCase?: boolean }, field: string): Pattern {
  const program = guarded(
    () => compileProgram(source === '' ? '(?:)' : source, flags.ignoreCase ? 'i' : ''),
    field,
  );
  return {
    test: (text) => guarded(() => program.find(new Budget(), text, 0) !== null, field),
    replace: (text, replacement, all) => guarded(() => replaceIn(program, text, replacement, all), field),
  };
}

function guarded<T>(run: () => T, field: string): T {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof FatalExpressionError)
      throw new NodeError(thrown.kind, 'The regular expression takes too long.', { field });
    if (thrown instanceof ExpressionError) throw new NodeError('config', thrown.message, { field });
    throw thrown;
  }
}

function replaceIn(program: Program, text: string, replacement: string, all: boolean): string {
  const budget = new Budget();
  let result = '';
  let done = 0;
  for (let from = 0; from <= text.length; ) {
    const found = program.find(budget, text, from);
    if (!found) break;
    const insert = expand(replacement, found, text);
    budget.grow(insert.length);
    result += text.slice(done, found.start) + insert;
    done = found.end;
    // An empty match must not be found again at the same place.
    from = found.end > found.start ? found.end : found.end + 1;
    if (!all) break;
  }
  return result + text.slice(done);
}

function expand(replacement: string, found: Found, text: string): string {
  const group = (n: number) => {
    const span = found.groups[n];
    return span ? text.slice(span[0], span[1]) : '';
  };
  return replacement.replace(/\$(?:\$|&|(\d{1,2})|<([^>]*)>)/g, (token, digits?: string, name?: string) => {
    if (token === '$$') return '$';
    if (token === '$&') return group(0);
    if (name !== undefined) {
      const named = found.names.find((one) => one.name === name);
      return named ? group(named.index) : token;
    }
    return Number(digits) > 0 && Number(digits) < found.groups.length ? group(Number(digits)) : token;
  });
}
