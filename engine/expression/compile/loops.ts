import type * as acorn from 'acorn';
import type { Context } from '../context.ts';
import { fieldsOf } from '../fields.ts';
import { iterate } from '../natives/collections.ts';
import { compileExpression } from './expression.ts';
import { BREAK, CONTINUE, type Completion, type Execute, Frame, Names, NORMAL, RETURN } from './frame.ts';
import { compilePattern, type Store } from './pattern.ts';
import { compileStatement, declareLexical } from './statement.ts';

/** What a loop does after its body: stop with a completion, or undefined to go on. */
function afterBody(
  ctx: Context,
  completion: Completion,
  labels: ReadonlySet<string>,
): Completion | undefined {
  if (completion === NORMAL) return undefined;
  if (completion === RETURN) return RETURN;
  if (ctx.label === undefined) return completion === BREAK ? NORMAL : undefined;
  // `continue outer` where this loop carries the label goes on here; any other label travels outwards.
  if (completion === CONTINUE && labels.has(ctx.label)) {
    ctx.label = undefined;
    return undefined;
  }
  return completion;
}

/** Labels that stand directly on a loop, found while its LabeledStatement is compiled. */
const loopLabels = new WeakMap<acorn.Node, Set<string>>();
export function noteLabel(loop: acorn.Node, label: string): void {
  const labels = loopLabels.get(loop) ?? new Set<string>();
  loopLabels.set(loop, labels.add(label));
}
const labelsOf = (node: acorn.Node): ReadonlySet<string> => loopLabels.get(node) ?? new Set();

export function compileWhile(node: acorn.WhileStatement, names: Names): Execute {
  const labels = labelsOf(node);
  const test = compileExpression(node.test, names);
  const body = compileStatement(node.body, names);
  return (ctx, frame) => {
    while (test(ctx, frame)) {
      ctx.step();
      const end = afterBody(ctx, body(ctx, frame), labels);
      if (end !== undefined) return end;
    }
    return NORMAL;
  };
}

export function compileDoWhile(node: acorn.DoWhileStatement, names: Names): Execute {
  const labels = labelsOf(node);
  const test = compileExpression(node.test, names);
  const body = compileStatement(node.body, names);
  return (ctx, frame) => {
    do {
      ctx.step();
      const end = afterBody(ctx, body(ctx, frame), labels);
      if (end !== undefined) return end;
    } while (test(ctx, frame));
    return NORMAL;
  };
}

export function compileFor(node: acorn.ForStatement, outer: Names): Execute {
  const labels = labelsOf(node);
  const names = new Names(outer, false, outer.traits);
  const { init } = node;
  if (init?.type === 'VariableDeclaration') declareLexical([init], names);
  const start: Execute = !init
    ? () => NORMAL
    : init.type === 'VariableDeclaration'
      ? compileStatement(init, names)
      : expressionStatement(init, names);
  const test = node.test ? compileExpression(node.test, names) : () => true;
  const update = node.update ? compileExpression(node.update, names) : () => undefined;
  const body = compileStatement(node.body, names);
  return (ctx, frame) => {
    let local = new Frame(frame);
    start(ctx, local);
    while (test(ctx, local)) {
      ctx.step();
      const end = afterBody(ctx, body(ctx, local), labels);
      if (end !== undefined) return end;
      // Each turn has its own variables, so that functions made in the body keep theirs.
      const next = new Frame(frame);
      for (const value of local.slots) next.slots.push(value);
      local = next;
      update(ctx, local);
    }
    return NORMAL;
  };
}

function expressionStatement(node: acorn.Expression, names: Names): Execute {
  const value = compileExpression(node, names);
  return (ctx, frame) => {
    value(ctx, frame);
    return NORMAL;
  };
}

export function compileForEach(node: acorn.ForOfStatement | acorn.ForInStatement, outer: Names): Execute {
  const labels = labelsOf(node);
  const names = new Names(outer, false, outer.traits);
  const source = compileExpression(node.right, outer);
  let store: Store;
  if (node.left.type === 'VariableDeclaration') {
    declareLexical([node.left], names);
    store = compilePattern(node.left.declarations[0]!.id, names, true);
  } else store = compilePattern(node.left, names, false);
  const body = compileStatement(node.body, names);
  const isIn = node.type === 'ForInStatement';
  return (ctx, frame) => {
    const values = isIn ? keysOf(ctx, source(ctx, frame)) : iterate(ctx, source(ctx, frame));
    // By index: the body may add to the array it walks.
    for (let i = 0; i < values.length; i++) {
      ctx.step();
      const local = new Frame(frame);
      store(ctx, local, values[i]);
      const end = afterBody(ctx, body(ctx, local), labels);
      if (end !== undefined) return end;
    }
    return NORMAL;
  };
}

const keysOf = (ctx: Context, value: unknown): string[] =>
  value === null || value === undefined ? [] : fieldsOf(ctx, value).map(([key]) => key);
