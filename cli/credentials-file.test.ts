import { expect, test } from 'vitest';
import { readCredentials } from './credentials-file.ts';

test('reads credentials by id', () => {
  const given = { c1: { type: 'bearer', data: { token: 'hush' } } };
  expect(readCredentials(JSON.stringify(given))).toEqual(given);
});

test.each<[string, string]>([
  ['{"c1": {"type": "bearer", "data": {"token": "hush"}', 'not JSON'],
  ['{"c1": {"type": "hush", "data": {}}}', 'c1.type: is no kind of credential'],
  ['{"c1": {"type": "bearer", "data": "hush"}}', 'c1.data'],
  ['["hush"]', 'not right'],
])('says what is wrong with %s, without quoting it', (text, message) => {
  expect(() => readCredentials(text)).toThrow(message);
  expect(() => readCredentials(text)).not.toThrow('hush');
});
