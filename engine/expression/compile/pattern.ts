import type * as acorn from 'acorn';
import type { Context } from '../context.ts';
import { ExpressionSyntaxError, FatalExpressionError, securityError } from '../failures.ts';
import { fieldsOf } from '../fields.ts';
import { getMember, setMember } from '../members.ts';
import { isBlocked, isBlockedUnlessOwn } from '../names.ts';
import { iterate } from '../natives/collections.ts';
import { compileExpression, staticKey } from './expression.ts';
import { type Frame, frameAt, type Names } from './frame.ts';
import { fieldName } from './literals.ts';

/** Puts a value where a pattern says. */
export type Store = (ctx: Context, frame: Frame, value: unknown) => void;

/** Names that a pattern binds. */
export function boundNames(node: acorn.Pattern): string[] {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'ObjectPattern':
      return node.properties.flatMap((p) => boundNames(p.type === 'RestElement' ? p.argument : p.value));
    case 'ArrayPattern':
      return node.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'AssignmentPattern':
      return boundNames(node.left);
    case 'RestElement':
      return boundNames(node.argument);
    default:
      return [];
  }
}

/** `declaring`: the pattern introduces its names (let, const, parameters) instead of assigning to them. */
export function compilePattern(node: acorn.Pattern, names: Names, declaring: boolean): Store {
  switch (node.type) {
    case 'Identifier':
      return storeName(node, names, declaring);
    case 'MemberExpression':
      return storeMember(node, names);
    case 'ObjectPattern':
      return storeObject(node, names, declaring);
    case 'ArrayPattern':
      return storeArray(node, names, declaring);
    case 'AssignmentPattern': {
      const store = compilePattern(node.left, names, declaring);
      const fallback = compileExpression(node.right, names);
      return (ctx, frame, value) => store(ctx, frame, value === undefined ? fallback(ctx, frame) : value);
    }
    case 'RestElement':
      return compilePattern(node.argument, names, declaring);
    default:
      throw new ExpressionSyntaxError('This cannot be assigned to', (node as acorn.Node).start);
  }
}

function storeName(node: acorn.Identifier, names: Names, declaring: boolean): Store {
  // A name that nobody declared becomes a variable of the whole block, as in sloppy JavaScript.
  if (names.resolve(node.name) === undefined) names.program.declare(node.name);
  const { hops, slot, constant } = names.resolve(node.name)!;
  if (constant && !declaring) {
    return () => {
      throw new TypeError('Assignment to constant variable.');
    };
  }
  if (hops === 0) {
    return (_ctx, frame, value) => {
      frame.slots[slot] = value;
    };
  }
  return (_ctx, frame, value) => {
    frameAt(frame, hops).slots[slot] = value;
  };
}

function storeMember(node: acorn.MemberExpression, names: Names): Store {
  names.traits.changesData = true;
  const object = compileExpression(node.object, names);
  const key = staticKey(node, names);
  const computed = key === undefined ? compileExpression(node.property, names) : () => key;
  return (ctx, frame, value) => setMember(ctx, object(ctx, frame), computed(ctx, frame), value);
}

function storeObject(node: acorn.ObjectPattern, names: Names, declaring: boolean): Store {
  const taken: string[] = [];
  const parts = node.properties.map((property): Store => {
    if (property.type === 'RestElement') {
      const store = compilePattern(property.argument, names, declaring);
      return (ctx, frame, value) =>
        store(ctx, frame, Object.fromEntries(fieldsOf(ctx, value).filter(([key]) => !taken.includes(key))));
    }
    const store = compilePattern(property.value, names, declaring);
    if (property.computed) {
      // Refused as a whole: what a computed key reads cannot be seen in the source.
      throw new FatalExpressionError(
        'config',
        'Computed destructuring keys are not allowed due to security concerns',
      );
    }
    const key = fieldName(property.key);
    if (isBlocked(key) || isBlockedUnlessOwn(key)) throw securityError(key);
    taken.push(key);
    return (ctx, frame, value) => store(ctx, frame, getMember(ctx, value, key));
  });
  return (ctx, frame, value) => {
    if (value === null || value === undefined) throw new TypeError(`Cannot destructure ${value}`);
    for (const part of parts) part(ctx, frame, value);
  };
}

function storeArray(node: acorn.ArrayPattern, names: Names, declaring: boolean): Store {
  const parts = node.elements.map((element) => element && compilePattern(element, names, declaring));
  const rest = node.elements.at(-1)?.type === 'RestElement';
  return (ctx, frame, value) => {
    const values = iterate(ctx, value);
    parts.forEach((store, i) => {
      store?.(ctx, frame, rest && i === parts.length - 1 ? values.slice(i) : values[i]);
    });
  };
}
