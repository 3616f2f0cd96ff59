import { expect, it } from 'vitest';
import { refusedWhat } from './refusal-words.ts';

it('says what was refused, one or many', () => {
  expect(refusedWhat(1, 'webhook')).toBe('1 webhook call');
  expect(refusedWhat(1_203, 'email')).toBe('1,203 mails');
  expect(refusedWhat(2, 'something new')).toBe('2 starts');
});
