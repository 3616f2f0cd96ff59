import { limitError } from './failures.ts';

/** About half a second of work on one core. */
export const MAX_STEPS = 3_000_000;
/** Characters and array elements that one evaluation may make: tens of megabytes. */
export const MAX_CELLS = 10_000_000;
/** What is left of an evaluation's work and memory. Throws FatalExpressionError(limit) when it is used up. */
export class Budget {
  steps = MAX_STEPS;
  cells = MAX_CELLS;

  /** Pays for work. Natives pay for what they are about to do, in units of roughly 100 ns. */
  step(cost = 1): void {
    this.steps -= cost;
    if (this.steps < 0) throw limitError('takes too many steps');
  }

  /** Pays for memory before it is used. */
  grow(cells: number): void {
    if (cells < 0 || Number.isNaN(cells)) return;
    this.cells -= cells;
    this.steps -= cells >> 6;
    if (this.cells < 0) throw limitError('makes too much data');
    if (this.steps < 0) throw limitError('takes too many steps');
  }
}

let shared: Budget | undefined;

/**
 * All expressions that are rendered inside share one budget: a parameter of a thousand blocks costs no more than one of
 * one block. Rendering is synchronous, therefore a module variable is enough.
 */
export function withSharedBudget<T>(render: () => T): T {
  if (shared !== undefined) return render();
  shared = new Budget();
  try {
    return render();
  } finally {
    shared = undefined;
  }
}

export const sharedBudget = (): Budget | undefined => shared;
