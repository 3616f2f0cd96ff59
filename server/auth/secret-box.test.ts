import { expect, test } from 'vitest';
import { seal, unseal } from './secret-box.ts';

process.env.DATABASE_URL ??= 'postgresql://nobody@localhost/nothing';
process.env.LINKFLOW_MASTER_KEY ??= 'a'.repeat(64);

test('gives back what was sealed, which looks different each time', () => {
  const [one, two] = [seal('totp', 'u1', 'geheim ü'), seal('totp', 'u1', 'geheim ü')];
  expect(one).not.toBe(two);
  expect([unseal('totp', 'u1', one), unseal('totp', 'u1', two)]).toEqual(['geheim ü', 'geheim ü']);
});

test.each<[string, (sealed: string) => string]>([
  ['another purpose', (sealed) => unseal('other', 'u1', sealed)],
  ['another row', (sealed) => unseal('totp', 'u2', sealed)],
  ['a changed letter', (sealed) => unseal('totp', 'u1', `${sealed.slice(0, -2)}AA`)],
  ['a cut off end', (sealed) => unseal('totp', 'u1', sealed.slice(0, 20))],
  ['nothing', () => unseal('totp', 'u1', '')],
])('refuses %s', (_name, open) => {
  expect(() => open(seal('totp', 'u1', 'secret'))).toThrow();
});
