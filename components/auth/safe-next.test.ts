import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test.each([
  ['/w/1/workflows?import=1#a', '/w/1/workflows?import=1#a'],
  ['/invite/abc', '/invite/abc'],
  [undefined, '/'],
  ['', '/'],
  [['/a', '/b'], '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/..//evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/api/auth/signout', '/'],
])('%j leads to %j', (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});
