import type * as acorn from 'acorn';
import { ExpressionError, FatalExpressionError, isStackOverflow } from '../failures.ts';
import { compileExpression } from './expression.ts';
import { BREAK, type Execute, Frame, Names, NORMAL } from './frame.ts';
import { boundNames, compilePattern } from './pattern.ts';
import { compileBlock, compileStatement, declareLexical } from './statement.ts';

export function compileSwitch(node: acorn.SwitchStatement, outer: Names): Execute {
  const value = compileExpression(node.discriminant, outer);
  const names = new Names(outer, false, outer.traits);
  for (const branch of node.cases) declareLexical(branch.consequent, names);
  const cases = node.cases.map((branch) => ({
    test: branch.test ? compileExpression(branch.test, names) : undefined,
    body: branch.consequent.map((statement) => compileStatement(statement, names)),
  }));
  const fallback = cases.findIndex((branch) => branch.test === undefined);
  return (ctx, frame) => {
    const wanted = value(ctx, frame);
    const local = new Frame(frame);
    let at = cases.findIndex((branch) => branch.test !== undefined && branch.test(ctx, local) === wanted);
    if (at < 0) at = fallback;
    if (at < 0) return NORMAL;
    for (const branch of cases.slice(at)) {
      for (const statement of branch.body) {
        const completion = statement(ctx, local);
        if (completion === BREAK && ctx.label === undefined) return NORMAL;
        if (completion !== NORMAL) return completion;
      }
    }
    return NORMAL;
  };
}

/** An error takes a trace of the host's stack. */
const THROWING = 60;

export function compileTry(node: acorn.TryStatement, outer: Names): Execute {
  const block = compileBlock(node.block.body, outer);
  const handler = node.handler ? compileHandler(node.handler, outer) : undefined;
  const finalizer = node.finalizer ? compileBlock(node.finalizer.body, outer) : undefined;
  return (ctx, frame) => {
    const { depth } = ctx;
    let completion = NORMAL as ReturnType<Execute>;
    let pending: { thrown: unknown } | undefined;
    try {
      completion = block(ctx, frame);
    } catch (thrown) {
      if (thrown instanceof FatalExpressionError || isStackOverflow(thrown)) throw thrown;
      ctx.step(THROWING);
      ctx.depth = depth;
      pending = { thrown };
    }
    if (pending && handler) {
      const { thrown } = pending;
      pending = undefined;
      try {
        completion = handler(thrown)(ctx, frame);
      } catch (again) {
        if (again instanceof FatalExpressionError || isStackOverflow(again)) throw again;
        ctx.depth = depth;
        pending = { thrown: again };
      }
    }
    if (finalizer) {
      const { returned, label } = ctx;
      const final = finalizer(ctx, frame);
      if (final !== NORMAL) return final;
      ctx.returned = returned;
      ctx.label = label;
    }
    if (pending) throw pending.thrown;
    return completion;
  };
}

function compileHandler(node: acorn.CatchClause, outer: Names): (thrown: unknown) => Execute {
  const names = new Names(outer, false, outer.traits);
  if (node.param) for (const name of boundNames(node.param)) names.declare(name);
  const store = node.param ? compilePattern(node.param, names, true) : undefined;
  const body = compileBlock(node.body.body, names);
  return (thrown) => (ctx, frame) => {
    const local = new Frame(frame);
    store?.(ctx, local, visible(thrown));
    return body(ctx, local);
  };
}

/** Our own errors look like plain errors from inside: name and message. */
const visible = (thrown: unknown): unknown =>
  thrown instanceof ExpressionError
    ? Object.assign(new Error(thrown.message), { name: thrown.name })
    : thrown;
