import type * as acorn from 'acorn';
import { toKey } from '../coerce.ts';
import { ExpressionError } from '../failures.ts';
import { callMethod } from '../members.ts';
import { invoke, Native } from '../values.ts';
import { nodeReference } from '../variables/node-reference.ts';
import { compileExpression, SHORT, staticKey } from './expression.ts';
import type { Evaluate, Names } from './frame.ts';
import { compileList } from './literals.ts';

/** Calls that hand out data as it is; every other call may build something large from little. */
const HANDS_OUT =
  /^(?:first|last|all|item|itemMatching|toLowerCase|toUpperCase|trim|toISO|toISOString|format|toFormat|toString|stringify|toJsonString|join|length)$/;

export function compileCall(node: acorn.CallExpression, names: Names): Evaluate {
  const { callee, optional } = node;
  if (callee.type === 'Identifier' && names.resolve(callee.name) === undefined) {
    if (callee.name === '$') return compileNodeCall(node, names);
    if (callee.name === '$if') return compileIf(node, names);
  }
  const args = compileList(node.arguments, names);
  if (callee.type === 'MemberExpression') return compileMethodCall(callee, optional, args, names);
  names.traits.buildsData = true;
  const fn = compileExpression(callee, names);
  return (ctx, frame) => {
    const target = fn(ctx, frame);
    if (target === SHORT || (optional && (target === null || target === undefined))) return SHORT;
    ctx.step();
    return invoke(ctx, target, undefined, args(ctx, frame));
  };
}

function compileMethodCall(
  callee: acorn.MemberExpression,
  optionalCall: boolean,
  args: ReturnType<typeof compileList>,
  names: Names,
): Evaluate {
  const object = compileExpression(callee.object, names);
  const key = staticKey(callee, names);
  if (key === undefined || !HANDS_OUT.test(key)) names.traits.buildsData = true;
  const computed = key === undefined ? compileExpression(callee.property, names) : undefined;
  const optional = callee.optional || optionalCall;
  return (ctx, frame) => {
    const self = object(ctx, frame);
    if (self === SHORT || (optional && (self === null || self === undefined))) return SHORT;
    const name = key ?? toKey(ctx, computed!(ctx, frame));
    return callMethod(ctx, self, name, args(ctx, frame));
  };
}

/** `$('Node')`: the only way in which `$` alone may appear. */
function compileNodeCall(node: acorn.CallExpression, names: Names): Evaluate {
  if (node.arguments.length === 0) {
    return (ctx) => {
      if (ctx.scope.extra && Object.hasOwn(ctx.scope.extra, '$')) throw new TypeError('$ is not a function');
      throw new ExpressionError("$() needs the name of a node: $('Node name')");
    };
  }
  const args = compileList(node.arguments, names);
  return (ctx, frame) => {
    const [name, full] = args(ctx, frame);
    return nodeReference(ctx, name, full === true);
  };
}

/** `$if(test, yes, no)` evaluates only the branch it takes. */
function compileIf(node: acorn.CallExpression, names: Names): Evaluate {
  const parts = node.arguments;
  if (parts.length < 2 || parts.some((part) => part.type === 'SpreadElement')) {
    return () => {
      throw new ExpressionError('$if() needs a condition and a value: $if(condition, value, otherwise)');
    };
  }
  const [test, yes, no] = parts.map((part) => compileExpression(part as acorn.Expression, names));
  return (ctx, frame) => (test!(ctx, frame) ? yes!(ctx, frame) : no === undefined ? false : no(ctx, frame));
}

export function compileNew(node: acorn.NewExpression, names: Names): Evaluate {
  names.traits.buildsData = true;
  const callee = compileExpression(node.callee, names);
  const args = compileList(node.arguments, names);
  return (ctx, frame) => {
    const target = callee(ctx, frame);
    if (!(target instanceof Native) || target.construct === undefined)
      throw new TypeError('not a constructor');
    ctx.step();
    return target.construct(ctx, args(ctx, frame));
  };
}
