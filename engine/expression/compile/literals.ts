import type * as acorn from 'acorn';
import { toKey } from '../coerce.ts';
import { type Context, defineField } from '../context.ts';
import { ExpressionSyntaxError, FatalExpressionError, securityError } from '../failures.ts';
import { fieldsOf } from '../fields.ts';
import { isBlocked } from '../names.ts';
import { iterate } from '../natives/collections.ts';
import { isKnownGlobalObject } from '../variables/lookup.ts';
import { compileExpression } from './expression.ts';
import type { Evaluate, Frame, Names } from './frame.ts';

type Filler = (ctx: Context, frame: Frame, target: Record<string, unknown>) => void;

export function compileObject(node: acorn.ObjectExpression, names: Names): Evaluate {
  names.traits.buildsData = true;
  const fillers = node.properties.map((property) =>
    property.type === 'SpreadElement' ? compileSpreadField(property, names) : compileField(property, names),
  );
  return (ctx, frame) => {
    const target: Record<string, unknown> = {};
    ctx.grow(fillers.length + 6);
    for (const fill of fillers) fill(ctx, frame, target);
    return target;
  };
}

function compileField(property: acorn.Property, names: Names): Filler {
  if (property.kind !== 'init') {
    throw new ExpressionSyntaxError('Getters and setters are not supported in expressions', property.start);
  }
  const value = compileExpression(property.value, names);
  if (property.computed) {
    const computed = compileExpression(property.key as acorn.Expression, names);
    return (ctx, frame, target) => {
      const key = toKey(ctx, computed(ctx, frame));
      target[key] = value(ctx, frame);
    };
  }
  const key = fieldName(property.key);
  if (isBlocked(key)) throw securityError(key);
  return (ctx, frame, target) => {
    target[key] = value(ctx, frame);
  };
}

export const fieldName = (key: acorn.Expression | acorn.PrivateIdentifier): string =>
  key.type === 'Identifier' ? key.name : String((key as acorn.Literal).value);

function compileSpreadField(spread: acorn.SpreadElement, names: Names): Filler {
  const source = compileSpread(spread, names);
  return (ctx, frame, target) => {
    for (const [key, value] of fieldsOf(ctx, source(ctx, frame))) defineField(target, key, value);
  };
}

/** The operand of `...`. A denied global such as process must not even look as if it could be spread. */
export function compileSpread(spread: acorn.SpreadElement, names: Names): Evaluate {
  const { argument } = spread;
  const value = compileExpression(argument, names);
  if (argument.type !== 'Identifier' || names.resolve(argument.name) || !isKnownGlobalObject(argument.name))
    return value;
  const { name } = argument;
  return (ctx, frame) => {
    if (ctx.scope.extra && Object.hasOwn(ctx.scope.extra, name)) return value(ctx, frame);
    throw new FatalExpressionError('config', `Cannot spread "${name}" due to security concerns`);
  };
}

export function compileArray(node: acorn.ArrayExpression, names: Names): Evaluate {
  names.traits.buildsData = true;
  const list = compileList(node.elements, names);
  return (ctx, frame) => {
    const array = list(ctx, frame);
    ctx.grow(array.length + 3);
    return array;
  };
}

/** Elements or arguments, spreads included. */
export function compileList(
  elements: readonly (acorn.Expression | acorn.SpreadElement | null)[],
  names: Names,
): (ctx: Context, frame: Frame) => unknown[] {
  const parts = elements.map((element) =>
    element === null
      ? () => undefined
      : element.type === 'SpreadElement'
        ? compileSpread(element, names)
        : compileExpression(element, names),
  );
  const spreads = elements.map((element) => element?.type === 'SpreadElement');
  if (!spreads.includes(true)) return compilePlainList(parts);
  return (ctx, frame) => {
    const list: unknown[] = [];
    for (let i = 0; i < parts.length; i++) {
      const value = parts[i]!(ctx, frame);
      if (!spreads[i]) list.push(value);
      else {
        const values = iterate(ctx, value);
        ctx.grow(values.length);
        for (const each of values) list.push(each);
      }
    }
    return list;
  };
}

function compilePlainList(parts: Evaluate[]): (ctx: Context, frame: Frame) => unknown[] {
  const [first, second] = parts;
  if (first === undefined) return () => [];
  if (second === undefined) return (ctx, frame) => [first(ctx, frame)];
  return (ctx, frame) => {
    const list: unknown[] = new Array(parts.length);
    for (let i = 0; i < parts.length; i++) list[i] = parts[i]!(ctx, frame);
    return list;
  };
}
