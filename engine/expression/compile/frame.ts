import type { Context } from '../context.ts';
import { refuseBlocked, refuseReservedBinding } from '../names.ts';

/** Local variables of one block or function call; `up` is the surrounding one. */
export class Frame {
  readonly slots: unknown[] = [];
  readonly up: Frame | null;
  constructor(up: Frame | null) {
    this.up = up;
  }
}

/** A compiled expression. */
export type Evaluate = (ctx: Context, frame: Frame) => unknown;

/** How a statement ended. */
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export const RETURN = 3;
export type Completion = typeof NORMAL | typeof BREAK | typeof CONTINUE | typeof RETURN;
/** A compiled statement. */
export type Execute = (ctx: Context, frame: Frame) => Completion;

/** What the compiler learns about an expression on its way. */
export interface Traits {
  /** Contains something that could change data: assignment to a member, or a name of an in-place method. */
  changesData: boolean;
  /** Contains calls that could build a value whose written form is far larger than its memory. */
  buildsData: boolean;
}

interface Binding {
  slot: number;
  constant: boolean;
}

/** Names that are visible at a point of the source; resolved while compiling, so that running needs no lookups. */
export class Names {
  readonly parent: Names | null;
  readonly isFunction: boolean;
  readonly traits: Traits;
  private readonly bindings = new Map<string, Binding>();

  constructor(parent: Names | null, isFunction: boolean, traits: Traits) {
    this.parent = parent;
    this.isFunction = isFunction;
    this.traits = traits;
  }

  declare(name: string, constant = false): number {
    refuseReservedBinding(name);
    refuseBlocked(name);
    const known = this.bindings.get(name);
    if (known) return known.slot;
    const slot = this.bindings.size;
    this.bindings.set(name, { slot, constant });
    return slot;
  }

  /** The slot of a function's own `this`, which no expression can declare by name. */
  bindThis(): number {
    const slot = this.bindings.size;
    this.bindings.set('this', { slot, constant: true });
    return slot;
  }

  /** Where the name is bound: how many frames up, and in which slot. */
  resolve(name: string): { hops: number; slot: number; constant: boolean } | undefined {
    let hops = 0;
    for (let names: Names | null = this; names !== null; names = names.parent) {
      const binding = names.bindings.get(name);
      if (binding) return { hops, ...binding };
      hops++;
    }
    return undefined;
  }

  get program(): Names {
    let names: Names = this;
    while (names.parent !== null) names = names.parent;
    return names;
  }
}

export function frameAt(frame: Frame, hops: number): Frame {
  let at = frame;
  for (let i = 0; i < hops; i++) at = at.up!;
  return at;
}
