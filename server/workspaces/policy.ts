import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';

/** For what decides about the workspace as a whole. Throws FORBIDDEN. */
export function assertOwner(scope: WorkspaceScope): void {
  if (scope.role !== 'owner') throw new AppError('FORBIDDEN', 'Only an owner may do this.');
}

/** Throws CONFLICT when so many people, invited ones included, have no room. `seats` null: any number. */
export function assertSeat(seats: number | null, people: number): void {
  if (seats === null || people <= seats) return;
  const all = seats === 1 ? 'The only seat' : `All ${seats} seats`;
  throw new AppError('CONFLICT', `${all} of this workspace ${seats === 1 ? 'is' : 'are'} taken.`);
}
