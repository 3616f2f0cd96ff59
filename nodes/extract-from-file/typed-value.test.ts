import { expect, test } from 'vitest';
import { typedValue } from './typed-value.ts';

test.each<[string, unknown]>([
  ['12', 12],
  ['-1.5', -1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1,200,300.5', 1_200_300.5],
  ['12%', 0.12],
  ['TRUE', true],
  [' false ', false],
  ['0', 0],
  ['007', '007'],
  ['1,2', '1,2'],
  ['', ''],
  ['%', '%'],
  ['+', '+'],
  ['e5', 'e5'],
  ['2024-01-01', '2024-01-01'],
  ['x', 'x'],
])('%j is %j', (text, value) => {
  expect(typedValue(text)).toBe(value);
});
