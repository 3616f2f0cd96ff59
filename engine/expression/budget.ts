import { limitError } from './failures.ts';

/** About half a second of work on one core. */
export const MAX_STEPS = 3_000_000;
/** Characters and array elements that one evaluation may make: tens of megabytes. */
export const MAX_CELLS = 10_000_000;
/**
 * A net below the steps, for work of the host that turns out dearer than it was paid for: far longer than all the steps
 * take, so that it never decides over an honest evaluation.
 */
const MAX_MS = 2_000;
const LOOK_EVERY = 32;

/** What is left of an evaluation's work and memory. Throws FatalExpressionError(limit) when it is used up. */
export class Budget {
  steps = MAX_STEPS;
  cells = MAX_CELLS;
  /** In ms of the machine's steady clock; 0 until somebody looks. */
  deadline = 0;
  private paid = 0;

  /** Pays for work. Natives pay for what they are about to do, in units of roughly 100 ns. */
  step(cost = 1): void {
    this.steps -= cost;
    if (this.steps < 0) throw limitError('takes too many steps');
    this.paid = (this.paid + 1) % LOOK_EVERY;
    if (this.paid === 0) this.look();
  }

  private look(): void {
    const now = performance.now();
    if (this.deadline === 0) this.deadline = now + MAX_MS;
    else if (now > this.deadline) throw limitError('takes too long');
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
/** Used again and again: with many items a new one for each would be felt. */
const pooled = new Budget();

/** A rendering with its arguments beside it, since a closure for each of many items would be felt too. */
type Render<A extends unknown[], T> = (...args: A) => T;

/**
 * All expressions that are rendered inside share one budget: a parameter of a thousand blocks costs no more than one of
 * one block. Rendering is synchronous, therefore a module variable is enough.
 */
export function withSharedBudget<A extends unknown[], T>(render: Render<A, T>, ...args: A): T {
  if (shared !== undefined) return render(...args);
  pooled.steps = MAX_STEPS;
  pooled.cells = MAX_CELLS;
  pooled.deadline = 0;
  shared = pooled;
  try {
    return render(...args);
  } finally {
    shared = undefined;
  }
}

export const sharedBudget = (): Budget | undefined => shared;
