import type { Expression } from 'acorn';
import { isBlocked, isBlockedUnlessOwn } from './names.ts';
import type { ExpressionScope } from './scope.ts';

/** Marks what the fast path leaves to the interpreter: errors, methods, odd values. */
export const SLOW = Symbol('slow');
export type FastPath = (scope: ExpressionScope, itemIndex: number) => unknown;

/**
 * Half of all expressions are `$json.a.b`: read straight from the item, with nothing set up. Anything that is not a
 * plain own field on the way goes to the interpreter, which then decides and reports.
 */
export function fastPath(expression: Expression): FastPath | undefined {
  const keys: string[] = [];
  let node: Expression = expression;
  while (node.type === 'MemberExpression') {
    const { property } = node;
    const key =
      !node.computed && property.type === 'Identifier'
        ? property.name
        : node.computed && property.type === 'Literal' && /^(?:string|number)$/.test(typeof property.value)
          ? String(property.value)
          : undefined;
    if (key === undefined || node.optional || isBlocked(key) || isBlockedUnlessOwn(key)) return undefined;
    keys.unshift(key);
    if (node.object.type === 'Super') return undefined;
    node = node.object;
  }
  if (node.type !== 'Identifier' || node.name !== '$json' || keys.length === 0) return undefined;
  return (scope, itemIndex) => {
    let value: unknown = itemJson(scope, itemIndex);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return SLOW;
      value = (value as Record<string, unknown>)[key];
    }
    return value;
  };
}

function itemJson(scope: ExpressionScope, itemIndex: number): unknown {
  if (scope.extra !== undefined && Object.hasOwn(scope.extra, '$json')) return undefined;
  for (const port in scope.inputs) {
    const items = scope.inputs[port]!;
    if (items.length > 0) return items[itemIndex]?.json;
  }
  return undefined;
}
