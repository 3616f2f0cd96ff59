import type * as acorn from 'acorn';
import { type Context, MAX_DEPTH } from '../context.ts';
import { ExpressionSyntaxError, limitError } from '../failures.ts';
import { brandClosure } from '../values.ts';
import { compileExpression } from './expression.ts';
import { type Evaluate, Frame, Names, RETURN } from './frame.ts';
import { boundNames, compilePattern, type Store } from './pattern.ts';
import { compileBody, hoistVariables } from './statement.ts';

type FunctionNode =
  | acorn.ArrowFunctionExpression
  | acorn.FunctionExpression
  | acorn.FunctionDeclaration
  | acorn.AnonymousFunctionDeclaration;

/** A function of the expression as a host function: natives such as map call it directly. */
export function compileFunction(node: FunctionNode, outer: Names): Evaluate {
  if (node.async || node.generator) {
    throw new ExpressionSyntaxError(
      'Asynchronous functions and generators are not supported in expressions',
      node.start,
    );
  }
  const names = new Names(outer, true, outer.traits);
  const isArrow = node.type === 'ArrowFunctionExpression';
  const thisSlot = isArrow ? -1 : names.bindThis();
  const selfSlot = node.type === 'FunctionExpression' && node.id ? names.declare(node.id.name) : -1;
  for (const param of node.params) for (const name of boundNames(param)) names.declare(name);
  const body = node.body;
  if (body.type === 'BlockStatement') hoistVariables(body.body, names);
  const params = node.params.map((param) => compilePattern(param, names, true));
  const restAt = node.params.at(-1)?.type === 'RestElement' ? params.length - 1 : -1;
  const run = body.type === 'BlockStatement' ? runBlock(body, names) : compileExpression(body, names);
  const cost = 1 + ((node.end - node.start) >> 5);

  return (ctx, frame) => {
    const closure = brandClosure(function (this: unknown, ...args: unknown[]): unknown {
      ctx.step(cost);
      if (++ctx.depth > MAX_DEPTH) throw limitError('calls functions too deeply');
      const local = new Frame(frame);
      if (thisSlot >= 0) local.slots[thisSlot] = this;
      if (selfSlot >= 0) local.slots[selfSlot] = closure;
      bindArguments(ctx, local, params, restAt, args);
      const result = run(ctx, local);
      ctx.depth--;
      return result;
    });
    return closure;
  };
}

function bindArguments(ctx: Context, frame: Frame, params: Store[], restAt: number, args: unknown[]): void {
  for (let i = 0; i < params.length; i++) params[i]!(ctx, frame, i === restAt ? args.slice(i) : args[i]);
}

function runBlock(body: acorn.BlockStatement, names: Names): Evaluate {
  const execute = compileBody(body.body, names);
  return (ctx, frame) => {
    if (execute(ctx, frame) !== RETURN) return undefined;
    const value = ctx.returned;
    ctx.returned = undefined;
    return value;
  };
}
