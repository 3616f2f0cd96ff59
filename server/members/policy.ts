import { AppError } from '../errors.ts';
import type { Role } from '../workspaces/schema.ts';

/** Throws when this change would leave the workspace without an owner or lift somebody above the one who does it. */
export function assertMayChange(actor: Role, before: Role, after: Role | null, ownerCount: number): void {
  if (before === 'owner' && after !== 'owner' && ownerCount <= 1) {
    throw new AppError('CONFLICT', 'A workspace needs an owner. Make somebody else an owner first.');
  }
  if (actor !== 'owner' && (before === 'owner' || after === 'owner')) {
    throw new AppError('FORBIDDEN', 'Only an owner may do this.');
  }
}
