import { AppError } from '../errors.ts';
import { overLimit } from '../plans/policy.ts';
import { planOf } from '../plans/schema.ts';
import type { WorkspaceScope } from '../scope.ts';

/** For what decides about the workspace as a whole. Throws FORBIDDEN. */
export function assertOwner(scope: WorkspaceScope): void {
  if (scope.role !== 'owner') throw new AppError('FORBIDDEN', 'Only an owner may do this.');
}

export interface SeatRoom {
  /** null: any number. */
  seats: number | null;
  plan: string;
}

/** Throws PAYMENT_REQUIRED when so many people, invited ones included, have no room. */
export function assertSeat({ seats, plan }: SeatRoom, people: number): void {
  if (seats === null || people <= seats) return;
  const all = seats === 1 ? 'The only seat' : `All ${seats} seats`;
  throw overLimit(planOf(plan), 'members', `${all} of this workspace ${seats === 1 ? 'is' : 'are'} taken.`);
}
