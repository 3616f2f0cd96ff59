import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

test.each([
  ['a', 'banana', 'o', true, 'bonono'],
  ['a', 'banana', 'o', false, 'bonana'],
  ['(\\w+)_(\\w+)', 'first_name', '$2 $1', false, 'name first'],
  ['(?<word>b)', 'abc', '[$<word>|$&|$$|$9]', false, 'a[b|b|$|$9]c'],
  ['a', 'aab', 'x', true, 'xxb'],
  ['x*', 'ab', '-', true, '-a-b-'],
  ['^', 'a', '_', true, '_a'],
])('%s in %s', (source, text, replacement, all, expected) => {
  expect(compilePattern(source, {}, 'f').replace(text, replacement, all)).toBe(expected);
});

test('takes capital letters for small ones only if told so', () => {
  expect(compilePattern('abc', {}, 'f').test('ABC')).toBe(false);
  expect(compilePattern('abc', { ignoreCase: true }, 'f').test('xABC')).toBe(true);
});

test('names the field whose pattern does not parse', () => {
  expect(() => compilePattern('(', {}, 'patterns.0.pattern')).toThrow(
    expect.objectContaining({
      data: expect.objectContaining({ kind: 'config', field: 'patterns.0.pattern' }),
    }),
  );
});

test('a pattern that explodes ends as a limit, not as a hang', () => {
  const slow = compilePattern('(?=(a+)+$)b', {}, 'f');
  expect(() => slow.test(`${'a'.repeat(60)}!`)).toThrow('takes too long');
});
