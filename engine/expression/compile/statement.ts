import type * as acorn from 'acorn';
import { ExpressionSyntaxError, FatalExpressionError } from '../failures.ts';
import { compileSwitch, compileTry } from './branches.ts';
import { compileClass } from './class.ts';
import { compileExpression, words } from './expression.ts';
import { BREAK, CONTINUE, type Execute, Frame, Names, NORMAL, RETURN } from './frame.ts';
import { compileFunction } from './function.ts';
import { compileDoWhile, compileFor, compileForEach, compileWhile, noteLabel } from './loops.ts';
import { boundNames, compilePattern } from './pattern.ts';

type Body = readonly (acorn.Statement | acorn.ModuleDeclaration)[];

export function compileStatement(node: acorn.Statement | acorn.ModuleDeclaration, names: Names): Execute {
  switch (node.type) {
    case 'ExpressionStatement': {
      const value = compileExpression(node.expression, names);
      return (ctx, frame) => {
        value(ctx, frame);
        return NORMAL;
      };
    }
    case 'VariableDeclaration':
      return compileDeclaration(node, names);
    case 'FunctionDeclaration':
      return () => NORMAL;
    case 'ReturnStatement': {
      const value = node.argument ? compileExpression(node.argument, names) : () => undefined;
      return (ctx, frame) => {
        ctx.returned = value(ctx, frame);
        return RETURN;
      };
    }
    case 'IfStatement': {
      const test = compileExpression(node.test, names);
      const yes = compileStatement(node.consequent, names);
      const no: Execute = node.alternate ? compileStatement(node.alternate, names) : () => NORMAL;
      return (ctx, frame) => (test(ctx, frame) ? yes(ctx, frame) : no(ctx, frame));
    }
    case 'BlockStatement':
      return compileBlock(node.body, names);
    case 'ForStatement':
      return compileFor(node, names);
    case 'ForOfStatement':
    case 'ForInStatement':
      return compileForEach(node, names);
    case 'WhileStatement':
      return compileWhile(node, names);
    case 'DoWhileStatement':
      return compileDoWhile(node, names);
    case 'SwitchStatement':
      return compileSwitch(node, names);
    case 'TryStatement':
      return compileTry(node, names);
    case 'ThrowStatement': {
      const value = compileExpression(node.argument, names);
      return (ctx, frame) => {
        throw value(ctx, frame);
      };
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      return compileJump(node);
    case 'LabeledStatement':
      return compileLabel(node, names);
    case 'EmptyStatement':
    case 'DebuggerStatement':
      return () => NORMAL;
    case 'WithStatement':
      throw new FatalExpressionError('config', 'The with statement is not allowed in expressions');
    case 'ClassDeclaration': {
      const store = compilePattern(node.id, names, true);
      const make = compileClass(node, names);
      return (ctx, frame) => {
        store(ctx, frame, make(ctx, frame));
        return NORMAL;
      };
    }
    default:
      throw new ExpressionSyntaxError(`${words(node.type)} is not supported in expressions`, node.start);
  }
}

function compileJump(node: acorn.BreakStatement | acorn.ContinueStatement): Execute {
  const label = node.label?.name;
  const completion = node.type === 'BreakStatement' ? BREAK : CONTINUE;
  return (ctx) => {
    ctx.label = label;
    return completion;
  };
}

function compileLabel(node: acorn.LabeledStatement, names: Names): Execute {
  const label = node.label.name;
  noteLabel(node.body, label);
  const body = compileStatement(node.body, names);
  return (ctx, frame) => {
    const completion = body(ctx, frame);
    if ((completion === BREAK || completion === CONTINUE) && ctx.label === label) {
      ctx.label = undefined;
      return NORMAL;
    }
    return completion;
  };
}

function compileDeclaration(node: acorn.VariableDeclaration, names: Names): Execute {
  const parts = node.declarations.map((declarator) => {
    const store = compilePattern(declarator.id, names, true);
    const value = declarator.init ? compileExpression(declarator.init, names) : undefined;
    return { store, value };
  });
  const isVar = node.kind === 'var';
  return (ctx, frame) => {
    for (const { store, value } of parts) {
      if (value !== undefined) store(ctx, frame, value(ctx, frame));
      else if (!isVar) store(ctx, frame, undefined);
    }
    return NORMAL;
  };
}

/** Statements with a frame of their own when they declare something. */
export function compileBlock(body: Body, outer: Names): Execute {
  const declares = body.some(
    (node) =>
      /^(?:Function|Class)Declaration$/.test(node.type) ||
      (node.type === 'VariableDeclaration' && node.kind !== 'var'),
  );
  if (!declares) return sequence(body.map((node) => compileStatement(node, outer)));
  const run = compileBody(body, new Names(outer, false, outer.traits));
  return (ctx, frame) => run(ctx, new Frame(frame));
}

/** Statements in the frame of `names`: declares their names first, and functions before everything else. */
export function compileBody(body: Body, names: Names): Execute {
  declareLexical(body, names);
  const functions = body.flatMap((node) => {
    if (node.type !== 'FunctionDeclaration' || !node.id) return [];
    return [{ store: compilePattern(node.id, names, true), make: compileFunction(node, names) }];
  });
  const run = sequence(body.map((node) => compileStatement(node, names)));
  if (functions.length === 0) return run;
  return (ctx, frame) => {
    for (const { store, make } of functions) store(ctx, frame, make(ctx, frame));
    return run(ctx, frame);
  };
}

export function declareLexical(body: Body, names: Names): void {
  for (const node of body) {
    if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id)
      names.declare(node.id.name);
    if (node.type !== 'VariableDeclaration' || node.kind === 'var') continue;
    for (const declarator of node.declarations) {
      for (const name of boundNames(declarator.id)) names.declare(name, node.kind === 'const');
    }
  }
}

function sequence(statements: Execute[]): Execute {
  if (statements.length === 1) return statements[0]!;
  return (ctx, frame) => {
    for (const statement of statements) {
      const completion = statement(ctx, frame);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

/** `var` names belong to the whole function, however deep they stand. */
export function hoistVariables(nodes: readonly acorn.Node[], names: Names): void {
  for (const node of nodes) {
    if (node.type === 'VariableDeclaration') {
      const declaration = node as acorn.VariableDeclaration;
      if (declaration.kind === 'var') {
        for (const { id } of declaration.declarations) for (const name of boundNames(id)) names.declare(name);
      }
      continue;
    }
    if (/Function|Expression|Class/.test(node.type)) continue;
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) hoistVariables(child.filter(isNode), names);
      else if (isNode(child)) hoistVariables([child], names);
    }
  }
}

const isNode = (value: unknown): value is acorn.Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
