import { expect, test } from 'vitest';
import { mintScope } from '../scope.ts';
import { assertOwner, assertSeat } from './policy.ts';

test.each([
  [null, 1000, null],
  [3, 3, null],
  [3, 4, 'All 3 seats of this workspace are taken.'],
  [1, 2, 'The only seat of this workspace is taken.'],
])('of %s seats, %i people get: %s', (seats, people, message) => {
  const check = () => assertSeat({ seats, plan: 'self-hosted' }, people);
  if (message === null) expect(check).not.toThrow();
  else expect(check).toThrow(message);
});

test.each(['owner', 'admin', 'member', 'viewer'] as const)('deciding about all of it, %s', (role) => {
  const check = () => assertOwner(mintScope({ workspaceId: 'w', userId: 'u', role, plan: 'p' }));
  if (role === 'owner') expect(check).not.toThrow();
  else expect(check).toThrow('Only an owner');
});
