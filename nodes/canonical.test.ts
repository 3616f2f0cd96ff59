import { expect, test } from 'vitest';
import { canonical } from './canonical.ts';

test.each<[unknown, unknown]>([
  [
    { a: 1, b: [{ c: 2, d: 3 }] },
    { b: [{ d: 3, c: 2 }], a: 1 },
  ],
  [{ a: undefined }, {}],
  [[undefined], [null]],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
])('%j is the same as %j', (a, b) => expect(canonical(a)).toBe(canonical(b)));

test('different values give different texts', () => {
  const values = [
    1,
    '1',
    true,
    'true',
    null,
    'null',
    '',
    [],
    {},
    [1],
    ['1'],
    { a: 1 },
    { a: '1' },
    [[]],
    [{}],
    { '': '' },
    { 'a:1,': 0 },
  ];
  expect(new Set(values.map(canonical)).size).toBe(values.length);
});
