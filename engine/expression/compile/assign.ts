import type * as acorn from 'acorn';
import type { Context } from '../context.ts';
import { ExpressionSyntaxError } from '../failures.ts';
import { getComputed, setMember } from '../members.ts';
import { compileExpression, staticKey } from './expression.ts';
import type { Evaluate, Frame, Names } from './frame.ts';
import { OPERATORS } from './operators.ts';
import { compilePattern, type Store } from './pattern.ts';

/** A place that is read and written once with its object and key evaluated once. */
type Place = (ctx: Context, frame: Frame) => { get(): unknown; set(value: unknown): void };

export function compileAssignment(node: acorn.AssignmentExpression, names: Names): Evaluate {
  const value = compileExpression(node.right, names);
  if (node.operator === '=') {
    const store = compilePattern(node.left, names, false);
    return (ctx, frame) => {
      const result = value(ctx, frame);
      store(ctx, frame, result);
      return result;
    };
  }
  const place = compilePlace(node.left, names);
  const operator = node.operator.slice(0, -1);
  if (operator === '&&' || operator === '||' || operator === '??')
    return logicalAssignment(place, operator, value);
  const apply = OPERATORS[operator as keyof typeof OPERATORS];
  return (ctx, frame) => {
    const at = place(ctx, frame);
    const result = apply(ctx, at.get(), value(ctx, frame));
    at.set(result);
    return result;
  };
}

function logicalAssignment(place: Place, operator: '&&' | '||' | '??', value: Evaluate): Evaluate {
  return (ctx, frame) => {
    const at = place(ctx, frame);
    const old = at.get();
    const keep = operator === '&&' ? !old : operator === '||' ? !!old : old !== null && old !== undefined;
    if (keep) return old;
    const result = value(ctx, frame);
    at.set(result);
    return result;
  };
}

export function compileUpdate(node: acorn.UpdateExpression, names: Names): Evaluate {
  const place = compilePlace(node.argument, names);
  const change = node.operator === '++' ? 1 : -1;
  return (ctx, frame) => {
    const at = place(ctx, frame);
    const old = OPERATORS['-'](ctx, at.get(), 0) as number;
    at.set(old + change);
    return node.prefix ? old + change : old;
  };
}

function compilePlace(node: acorn.Node, names: Names): Place {
  if (node.type === 'Identifier') {
    const store: Store = compilePattern(node as acorn.Identifier, names, false);
    const read = compileExpression(node as acorn.Identifier, names);
    return (ctx, frame) => ({ get: () => read(ctx, frame), set: (value) => store(ctx, frame, value) });
  }
  if (node.type !== 'MemberExpression')
    throw new ExpressionSyntaxError('This cannot be assigned to', node.start);
  names.traits.changesData = true;
  const member = node as acorn.MemberExpression;
  const object = compileExpression(member.object, names);
  const key = staticKey(member, names);
  const computed = key === undefined ? compileExpression(member.property, names) : () => key;
  return (ctx, frame) => {
    const target = object(ctx, frame);
    const name = computed(ctx, frame);
    return { get: () => getComputed(ctx, target, name), set: (value) => setMember(ctx, target, name, value) };
  };
}
