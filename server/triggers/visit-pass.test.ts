import { expect, it } from 'vitest';
import { assertPass, makePass } from './visit-pass.ts';

process.env.DATABASE_URL = 'postgresql://nowhere/none';
process.env.LINKFLOW_MASTER_KEY = '0'.repeat(64);

const NOW = Date.UTC(2026, 0, 1);
const HOURS = 3_600_000;
const guarded = (credentialId: string | null) => ({
  login: { kind: 'basic', scheme: 'standard', credentialId } as const,
});
const door = guarded('a');
const refusal = (endpointId: string, endpoint: typeof door, pass: string | undefined, at = NOW) => {
  try {
    assertPass(endpointId, endpoint, pass, at);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('lets in who was let in at the same page with the same credential, for half a day', () => {
  const pass = makePass('page', door, NOW);
  expect(refusal('page', door, pass)).toBeNull();
  expect(refusal('page', door, pass, NOW + 11 * HOURS)).toBeNull();
  expect(refusal('page', door, pass, NOW + 13 * HOURS)).toBe('UNAUTHORIZED');
  expect(refusal('other', door, pass)).toBe('UNAUTHORIZED');
  expect(refusal('page', guarded('b'), pass)).toBe('UNAUTHORIZED');
  expect(refusal('page', guarded(null), pass)).toBe('UNAUTHORIZED');
});

it('is not made by hand', () => {
  const [until, mac] = makePass('page', door, NOW).split('.') as [string, string];
  for (const forged of [
    undefined,
    '',
    '.',
    mac,
    `${until}.`,
    `${until}.${mac}x`,
    `${Number(until) + 1}.${mac}`,
    `Infinity.${mac}`,
    `${until}.${mac.replace(/./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `${until}.${'é'.repeat(mac.length)}`,
  ])
    expect([forged, refusal('page', door, forged)]).toEqual([forged, 'UNAUTHORIZED']);
});

it('is not asked for where nobody is', () => {
  expect(() => assertPass('page', { login: null }, undefined)).not.toThrow();
});
