import { Budget } from './budget.ts';
import type { ExpressionScope } from './scope.ts';

/** Nested calls of functions; each takes some dozen host frames. */
export const MAX_DEPTH = 200;

/** What one evaluation carries along: the data it may see and what is left of its budget. */
export class Context extends Budget {
  readonly scope: ExpressionScope;
  readonly itemIndex: number;
  /** Set when the expression contains something that could change data: roots are then handed out as copies. */
  readonly copiesData: boolean;
  depth = 0;
  /** Value of the `return` statement that is on its way to its function. */
  returned: unknown = undefined;
  /** Label that a `break` or `continue` is on its way to. */
  label: string | undefined = undefined;
  /** Nesting of `$parameter` inside parameters. */
  readonly nesting: number;
  private copies: Map<object, unknown> | undefined = undefined;

  constructor(scope: ExpressionScope, itemIndex: number, copiesData: boolean, nesting: number) {
    super();
    this.scope = scope;
    this.itemIndex = itemIndex;
    this.copiesData = copiesData;
    this.nesting = nesting;
  }

  /** A value of the scope as this evaluation may see it; the same copy each time, so that changes show. */
  data<T>(value: T): T {
    if (!this.copiesData || typeof value !== 'object' || value === null) return value;
    this.copies ??= new Map();
    const known = this.copies.get(value);
    if (known !== undefined) return known as T;
    const copy = copyData(this, value);
    this.copies.set(value, copy);
    return copy as T;
  }
}

function copyData(ctx: Context, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    ctx.grow(value.length);
    return value.map((element) => copyData(ctx, element));
  }
  const copy: Record<string, unknown> = {};
  ctx.grow(6);
  for (const [key, element] of Object.entries(value)) {
    ctx.grow(1);
    defineField(copy, key, copyData(ctx, element));
  }
  return copy;
}

/** Sets an own field even where plain assignment would reach a setter of the host (`__proto__`). */
export function defineField(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}
