import { NodeError } from '../errors.ts';
import { sharedBudget } from './budget.ts';
import { toText } from './coerce.ts';
import { Frame } from './compile/frame.ts';
import { compileParsed } from './compile/program.ts';
import { Context } from './context.ts';
import { ExpressionError, ExpressionSyntaxError, FatalExpressionError, isStackOverflow } from './failures.ts';
import { type FastPath, fastPath, SLOW } from './fast-path.ts';
import { parseBlock } from './parse.ts';
import { finishResult } from './result.ts';
import type { ExpressionScope } from './scope.ts';
import { Native } from './values.ts';

/** One compiled `{{ … }}`. */
export interface Block {
  value(scope: ExpressionScope, itemIndex: number, nesting: number): unknown;
  text(scope: ExpressionScope, itemIndex: number, nesting: number): string;
}

/** Throws ExpressionSyntaxError with an offset inside `source`. */
export function compileBlock(source: string): Block {
  const code = source.replaceAll('\\}}', '}}').replaceAll('\\{{', '{{');
  if (code.trim() === '') return { value: () => undefined, text: () => '' };
  const parsed = parseBlock(code);
  let fatal: FatalExpressionError | ExpressionError | undefined;
  let compiled: ReturnType<typeof compileParsed> | undefined;
  try {
    compiled = compileParsed(parsed);
  } catch (error) {
    if (isStackOverflow(error))
      throw new ExpressionSyntaxError('The expression is nested too deeply', 0, { isFinal: true });
    // What is forbidden as such fails when it is evaluated, like every other forbidden thing.
    if (!(error instanceof FatalExpressionError) && !(error instanceof ExpressionError)) throw error;
    fatal = error;
  }
  if (compiled === undefined) {
    const fail = (_scope: ExpressionScope, itemIndex: number): never => {
      throw asNodeError(fatal, itemIndex);
    };
    return { value: fail, text: fail };
  }
  const { evaluate, traits } = compiled;
  const fast: FastPath | undefined = parsed.kind === 'expression' ? fastPath(parsed.expression) : undefined;

  const run = <T>(
    scope: ExpressionScope,
    itemIndex: number,
    nesting: number,
    finish: (ctx: Context, value: unknown) => T,
  ): T => {
    const ctx = new Context(scope, itemIndex, traits.changesData, nesting);
    const shared = sharedBudget();
    if (shared !== undefined) {
      ctx.steps = shared.steps;
      ctx.cells = shared.cells;
      ctx.deadline = shared.deadline;
    }
    let value: unknown;
    try {
      value = evaluate(ctx, new Frame(null));
    } catch (error) {
      // Everything else that goes wrong inside an expression is undefined, as its users know it.
      if (fails(error)) throw asNodeError(error, itemIndex);
      value = undefined;
    }
    try {
      if (typeof value === 'function' || value instanceof Native) throw asFunctionError(value);
      return finish(ctx, value);
    } catch (error) {
      throw asNodeError(error, itemIndex);
    } finally {
      if (shared !== undefined) {
        shared.steps = ctx.steps;
        shared.cells = ctx.cells;
        shared.deadline = ctx.deadline;
      }
    }
  };
  const finishValue = (ctx: Context, value: unknown) =>
    finishResult(ctx, value, traits.buildsData || traits.changesData);

  return {
    value(scope, itemIndex, nesting) {
      if (fast !== undefined) {
        const value = fast(scope, itemIndex);
        if (value !== SLOW) return value;
      }
      return run(scope, itemIndex, nesting, finishValue);
    },
    text(scope, itemIndex, nesting) {
      if (fast !== undefined) {
        const value = fast(scope, itemIndex);
        if (typeof value === 'string') return value;
      }
      return run(scope, itemIndex, nesting, textOf);
    },
  };
}

const fails = (error: unknown): boolean =>
  error instanceof FatalExpressionError ||
  error instanceof ExpressionError ||
  error instanceof NodeError ||
  isStackOverflow(error);

/** Nothing, not a number and empty text leave no trace in a text; 0 and false do. */
function textOf(ctx: Context, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  return typeof value === 'symbol' ? String(value) : toText(ctx, value);
}

function asFunctionError(value: unknown): ExpressionError {
  if (value instanceof Native && /^[A-Z]/.test(value.name)) {
    return new ExpressionError(`This is the type ${value.name}: call one of its functions`);
  }
  return new ExpressionError('This is a function, please add ()');
}

function asNodeError(error: unknown, itemIndex: number): NodeError {
  if (error instanceof NodeError) return error;
  if (error instanceof FatalExpressionError) return new NodeError(error.kind, error.message, { itemIndex });
  if (error instanceof ExpressionError) return new NodeError('config', error.message, { itemIndex });
  if (isStackOverflow(error))
    return new NodeError('limit', 'The expression is nested too deeply', { itemIndex });
  return new NodeError('config', error instanceof Error ? error.message : String(error), { itemIndex });
}
