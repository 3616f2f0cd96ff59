import { limitError } from './failures.ts';
import type { ExpressionScope } from './scope.ts';

/** About half a second of work on one core. */
export const MAX_STEPS = 3_000_000;
/** Characters and array elements that one evaluation may make: tens of megabytes. */
export const MAX_CELLS = 20_000_000;
/** Nested calls of functions; each takes some dozen host frames. */
export const MAX_DEPTH = 200;

/** What one evaluation carries along: the data it may see and what is left of its budget. */
export class Context {
  readonly scope: ExpressionScope;
  readonly itemIndex: number;
  /** Set when the expression contains something that could change data: roots are then handed out as copies. */
  readonly copiesData: boolean;
  steps = MAX_STEPS;
  cells = MAX_CELLS;
  depth = 0;
  /** Value of the `return` statement that is on its way to its function. */
  returned: unknown = undefined;
  /** Label that a `break` or `continue` is on its way to. */
  label: string | undefined = undefined;
  /** Nesting of `$parameter` inside parameters. */
  readonly nesting: number;
  private copies: Map<object, unknown> | undefined = undefined;

  constructor(scope: ExpressionScope, itemIndex: number, copiesData: boolean, nesting: number) {
    this.scope = scope;
    this.itemIndex = itemIndex;
    this.copiesData = copiesData;
    this.nesting = nesting;
  }

  /** Pays for work. Natives pay for what they are about to do, in units of roughly 100 ns. */
  step(cost = 1): void {
    this.steps -= cost;
    if (this.steps < 0) throw limitError('takes too many steps');
  }

  /** Pays for memory before it is used. */
  grow(cells: number): void {
    if (cells < 0 || cells !== cells) return;
    this.cells -= cells;
    this.steps -= cells >> 6;
    if (this.cells < 0) throw limitError('makes too much data');
    if (this.steps < 0) throw limitError('takes too many steps');
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
