import type * as acorn from 'acorn';
import type { Parsed } from '../parse.ts';
import { compileExpression } from './expression.ts';
import { type Evaluate, Names, NORMAL, type Traits } from './frame.ts';
import { compileBody, declareLexical, hoistVariables } from './statement.ts';

export interface CompiledBlock {
  evaluate: Evaluate;
  traits: Traits;
}

/** Several statements give the value of the last one, if that is an expression. */
export function compileParsed(parsed: Parsed): CompiledBlock {
  const traits: Traits = { changesData: false, buildsData: false };
  const names = new Names(null, true, traits);
  const evaluate =
    parsed.kind === 'expression'
      ? compileExpression(parsed.expression, names)
      : compileProgram(parsed.program, names);
  return { evaluate, traits };
}

function compileProgram(program: acorn.Program, names: Names): Evaluate {
  const body = program.body;
  hoistVariables(body, names);
  declareLexical(body, names);
  const last = body.at(-1);
  const first = compileBody(last?.type === 'ExpressionStatement' ? body.slice(0, -1) : body, names);
  const value =
    last?.type === 'ExpressionStatement' ? compileExpression(last.expression, names) : () => undefined;
  return (ctx, frame) => (first(ctx, frame) === NORMAL ? value(ctx, frame) : undefined);
}
