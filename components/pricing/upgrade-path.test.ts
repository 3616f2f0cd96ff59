import { expect, it } from 'vitest';
import { upgradePath } from './upgrade-path.ts';

it('leads to the plans, through the sign-up for those without an account', () => {
  expect(upgradePath({ interval: 'year', signedIn: true })).toBe('/upgrade?interval=year');
  expect(upgradePath({ interval: 'year', signedIn: false })).toBe(
    '/signup?next=%2Fupgrade%3Finterval%3Dyear',
  );
});
