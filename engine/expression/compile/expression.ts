import type * as acorn from 'acorn';
import { ExpressionSyntaxError, securityError } from '../failures.ts';
import { deleteMember, getComputed, getMember } from '../members.ts';
import { isBlocked } from '../names.ts';
import { Pattern } from '../natives/regexp.ts';
import { invoke, typeOf } from '../values.ts';
import { globalValue } from '../variables/lookup.ts';
import { THIS } from '../variables/this.ts';
import { compileAssignment, compileUpdate } from './assign.ts';
import { compileCall, compileNew } from './call.ts';
import { compileClass } from './class.ts';
import { type Evaluate, frameAt, type Names } from './frame.ts';
import { compileFunction } from './function.ts';
import { compileArray, compileObject } from './literals.ts';
import { interpolate, OPERATORS, UNARY } from './operators.ts';

/** Result of an optional chain that met null or undefined; ends the whole chain. */
export const SHORT = Symbol('short');

export function compileExpression(
  node: acorn.Expression | acorn.Super | acorn.PrivateIdentifier,
  names: Names,
): Evaluate {
  switch (node.type) {
    case 'Literal':
      return compileLiteral(node);
    case 'Identifier':
      return compileIdentifier(node, names);
    case 'MemberExpression':
      return compileMember(node, names);
    case 'ChainExpression': {
      const chain = compileExpression(node.expression, names);
      return (ctx, frame) => {
        const value = chain(ctx, frame);
        return value === SHORT ? undefined : value;
      };
    }
    case 'CallExpression':
      return compileCall(node, names);
    case 'NewExpression':
      return compileNew(node, names);
    case 'TemplateLiteral':
      return compileTemplateLiteral(node, names);
    case 'BinaryExpression':
      return compileBinary(node, names);
    case 'LogicalExpression':
      return compileLogical(node, names);
    case 'ConditionalExpression': {
      const test = compileExpression(node.test, names);
      const yes = compileExpression(node.consequent, names);
      const no = compileExpression(node.alternate, names);
      return (ctx, frame) => (test(ctx, frame) ? yes(ctx, frame) : no(ctx, frame));
    }
    case 'UnaryExpression':
      return compileUnary(node, names);
    case 'ObjectExpression':
      return compileObject(node, names);
    case 'ArrayExpression':
      return compileArray(node, names);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return compileFunction(node, names);
    case 'AssignmentExpression':
      return compileAssignment(node, names);
    case 'UpdateExpression':
      return compileUpdate(node, names);
    case 'SequenceExpression': {
      const parts = node.expressions.map((part) => compileExpression(part, names));
      return (ctx, frame) => {
        let value: unknown;
        for (const part of parts) value = part(ctx, frame);
        return value;
      };
    }
    case 'ThisExpression': {
      const binding = names.resolve('this');
      if (binding === undefined) return (ctx) => THIS(ctx);
      const { hops, slot } = binding;
      return (ctx, frame) => frameAt(frame, hops).slots[slot] ?? THIS(ctx);
    }
    case 'ParenthesizedExpression':
      return compileExpression(node.expression, names);
    case 'TaggedTemplateExpression':
      return compileTagged(node, names);
    case 'ClassExpression':
      return compileClass(node, names);
    default:
      throw new ExpressionSyntaxError(`${words(node.type)} is not supported in expressions`, node.start);
  }
}

/** `YieldExpression` → `Yield expression`. */
export const words = (type: string): string =>
  type.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function compileLiteral(node: acorn.Literal): Evaluate {
  if (node.regex) {
    const { pattern, flags } = node.regex;
    new Pattern(pattern, flags);
    return (ctx) => {
      ctx.step(4);
      return new Pattern(pattern, flags);
    };
  }
  const value = node.value;
  return () => value;
}

function compileIdentifier(node: acorn.Identifier, names: Names): Evaluate {
  const { name } = node;
  if (isBlocked(name)) throw securityError(name);
  const binding = names.resolve(name);
  if (binding === undefined) return globalValue(name);
  const { hops, slot } = binding;
  if (hops === 0) return (_ctx, frame) => frame.slots[slot];
  if (hops === 1) return (_ctx, frame) => frame.up!.slots[slot];
  return (_ctx, frame) => frameAt(frame, hops).slots[slot];
}

const IN_PLACE = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign)$/;

/** The static name of a member, if it has one; also notes names of methods that change their object. */
export function staticKey(node: acorn.MemberExpression, names: Names): string | undefined {
  const { property } = node;
  if (property.type === 'PrivateIdentifier') {
    throw new ExpressionSyntaxError('Private fields are not supported in expressions', property.start);
  }
  const key = node.computed
    ? property.type === 'Literal' && typeof property.value === 'string'
      ? property.value
      : undefined
    : (property as acorn.Identifier).name;
  if (key === undefined) {
    if (!(property.type === 'Literal' && typeof property.value === 'number')) names.traits.changesData = true;
  } else {
    // Written out, a forbidden name fails the expression even where it would never be reached.
    if (isBlocked(key)) throw securityError(key);
    if (IN_PLACE.test(key)) names.traits.changesData = true;
  }
  return key;
}

function compileMember(node: acorn.MemberExpression, names: Names): Evaluate {
  const object = compileExpression(node.object, names);
  const { optional } = node;
  const key = staticKey(node, names);
  if (key !== undefined) {
    return (ctx, frame) => {
      const value = object(ctx, frame);
      if (value === SHORT || (optional && (value === null || value === undefined))) return SHORT;
      return getMember(ctx, value, key);
    };
  }
  const computed = compileExpression(node.property, names);
  return (ctx, frame) => {
    const value = object(ctx, frame);
    if (value === SHORT || (optional && (value === null || value === undefined))) return SHORT;
    return getComputed(ctx, value, computed(ctx, frame));
  };
}

function compileTemplateLiteral(node: acorn.TemplateLiteral, names: Names): Evaluate {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
  const values = node.expressions.map((part) => compileExpression(part, names));
  return (ctx, frame) => {
    let text = texts[0]!;
    for (let i = 0; i < values.length; i++) text += interpolate(ctx, values[i]!(ctx, frame)) + texts[i + 1]!;
    return text;
  };
}

/** Only String.raw is known as a tag. */
function compileTagged(node: acorn.TaggedTemplateExpression, names: Names): Evaluate {
  const tag = compileExpression(node.tag, names);
  const raw = node.quasi.quasis.map((quasi) => quasi.value.raw);
  const cooked = node.quasi.quasis.map((quasi) => quasi.value.cooked);
  const values = node.quasi.expressions.map((part) => compileExpression(part, names));
  return (ctx, frame) => {
    const strings = Object.assign([...cooked], { raw: [...raw] });
    return invoke(ctx, tag(ctx, frame), undefined, [strings, ...values.map((value) => value(ctx, frame))]);
  };
}

function compileBinary(node: acorn.BinaryExpression, names: Names): Evaluate {
  const left = compileExpression(node.left, names);
  const right = compileExpression(node.right, names);
  const apply = OPERATORS[node.operator];
  return (ctx, frame) => apply(ctx, left(ctx, frame), right(ctx, frame));
}

function compileLogical(node: acorn.LogicalExpression, names: Names): Evaluate {
  const left = compileExpression(node.left, names);
  const right = compileExpression(node.right, names);
  if (node.operator === '&&') return (ctx, frame) => left(ctx, frame) && right(ctx, frame);
  if (node.operator === '||') return (ctx, frame) => left(ctx, frame) || right(ctx, frame);
  return (ctx, frame) => left(ctx, frame) ?? right(ctx, frame);
}

function compileUnary(node: acorn.UnaryExpression, names: Names): Evaluate {
  const { argument, operator } = node;
  if (operator === 'delete') {
    if (argument.type !== 'MemberExpression') return () => true;
    names.traits.changesData = true;
    const object = compileExpression(argument.object, names);
    const key = staticKey(argument, names);
    const computed = key === undefined ? compileExpression(argument.property, names) : () => key;
    return (ctx, frame) => deleteMember(ctx, object(ctx, frame), computed(ctx, frame));
  }
  const value = compileExpression(argument, names);
  if (operator === 'typeof') return (ctx, frame) => typeOf(value(ctx, frame));
  const apply = UNARY[operator]!;
  return (ctx, frame) => apply(ctx, value(ctx, frame));
}
