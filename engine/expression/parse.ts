import { type Expression, type Program, parse, parseExpressionAt } from 'acorn';
import { ExpressionSyntaxError, isStackOverflow } from './failures.ts';

const OPTIONS = { ecmaVersion: 2023, sourceType: 'script', allowReserved: true } as const;
const MAX_SOURCE = 50_000;

export type Parsed = { kind: 'expression'; expression: Expression } | { kind: 'program'; program: Program };

/** The code of one block. An object literal in front is an object, not a block statement. Throws ExpressionSyntaxError. */
export function parseBlock(source: string): Parsed {
  if (source.length > MAX_SOURCE)
    throw new ExpressionSyntaxError('The expression is too long', 0, { isFinal: true });
  if (opensTooMany(source)) throw tooDeep();
  const object = source.trimStart().startsWith('{') ? tryObject(source) : undefined;
  if (object) return object;
  try {
    const program = parse(source, OPTIONS);
    const [first] = program.body;
    if (program.body.length === 1 && first?.type === 'ExpressionStatement') {
      return { kind: 'expression', expression: first.expression };
    }
    return { kind: 'program', program };
  } catch (error) {
    throw asSyntaxError(error);
  }
}

function tryObject(source: string): Parsed | undefined {
  try {
    const start = source.length - source.trimStart().length;
    const expression = parseExpressionAt(source, start, OPTIONS);
    const rest = source.slice(expression.end).trim();
    return rest === '' || rest === ';' ? { kind: 'expression', expression } : undefined;
  } catch (error) {
    if (isStackOverflow(error)) throw asSyntaxError(error);
    return undefined; // not an object after all: the statement parser gives the better message
  }
}

function asSyntaxError(error: unknown): ExpressionSyntaxError {
  if (isStackOverflow(error)) return tooDeep();
  const { message, pos } = error as { message: string; pos?: number };
  return new ExpressionSyntaxError(`Invalid syntax: ${message.replace(/ \(\d+:\d+\)$/, '')}`, pos ?? 0);
}

const tooDeep = (): ExpressionSyntaxError =>
  new ExpressionSyntaxError('The expression is nested too deeply', 0, { isFinal: true });

/** Finding that out by running out of stack takes its time. Brackets inside of texts count too: nobody has so many. */
function opensTooMany(source: string): boolean {
  let open = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source.charCodeAt(i);
    if (char === 40 || char === 91 || char === 123) open++;
    else if (char === 41 || char === 93 || char === 125) open--;
    if (open > MAX_OPEN) return true;
  }
  return false;
}
const MAX_OPEN = 500;
