import { describe, expect, it, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { readProfile, withVerifiedAddress } from './providers.ts';

process.env.DATABASE_URL ??= 'postgresql://nobody@localhost/nothing';
process.env.LINKFLOW_MASTER_KEY ??= 'a'.repeat(64);

describe('what a provider says of somebody', () => {
  it('is known by the id there, not by the address', () => {
    expect(readProfile('google', { sub: '1', email: 'a@b.c', email_verified: true, name: ' Ada ' })).toEqual({
      provider: 'google',
      subject: '1',
      email: 'a@b.c',
      emailVerified: true,
      name: 'Ada',
    });
    expect(readProfile('github', { id: 42, login: 'ada', email: null })).toMatchObject({
      provider: 'github',
      subject: '42',
      email: null,
      emailVerified: false,
      name: 'ada',
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['google', { email: 'a@b.c' }],
    ['google', { sub: '' }],
    ['github', { sub: '1' }],
    ['credentials', { sub: '1' }],
  ])('%s %j is of nobody', (id, profile) => {
    expect(readProfile(id, profile)).toBeNull();
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['oidc', { email_verified: true }, true],
    ['oidc', { email_verified: 'true' }, true],
    ['oidc', { email_verified: 'false' }, false],
    ['oidc', { email_verified: 1 }, false],
    ['oidc', {}, false],
    // an administrator of any directory can write any address
    ['microsoft-entra-id', { email_verified: true }, false],
    ['microsoft-entra-id', { xms_edov: true }, true],
    ['microsoft-entra-id', { xms_edov: '1' }, true],
  ])('%s with %j: the address is theirs: %s', (id, claims, expected) => {
    expect(readProfile(id, { sub: '1', email: 'a@b.c', ...claims })?.emailVerified).toBe(expected);
  });
});

test.each<[unknown, string | null]>([
  [[{ email: 'x@y.z', primary: true, verified: true }], 'x@y.z'],
  [[{ email: 'x@y.z', primary: true, verified: false }], null],
  [[{ email: 'x@y.z', primary: false, verified: true }], null],
  [{ message: 'Not Found' }, null],
])('of GitHub’s addresses %j it takes %s, and not the one on the profile', (addresses, email) => {
  expect(withVerifiedAddress({ id: 1, email: 'victim@example.com' }, addresses)).toEqual({
    id: 1,
    email,
    email_verified: email !== null,
  });
});

describe('the settings of a way to sign in', () => {
  const given = { DATABASE_URL: 'postgresql://u@localhost/d', LINKFLOW_MASTER_KEY: 'a'.repeat(64) };
  it('come together or not at all', () => {
    expect(() => parseEnv({ ...given, AUTH_GOOGLE_ID: 'x' })).toThrow('AUTH_GOOGLE_SECRET must be set too');
    expect(() => parseEnv({ ...given, AUTH_OIDC_ISSUER: 'https://a.b', AUTH_OIDC_ID: 'x' })).toThrow(
      'AUTH_OIDC_SECRET must be set too',
    );
    expect(parseEnv({ ...given, AUTH_GOOGLE_ID: 'x', AUTH_GOOGLE_SECRET: 'y' }).AUTH_GOOGLE_ID).toBe('x');
    expect(parseEnv({ ...given, AUTH_GOOGLE_ID: '' }).AUTH_GOOGLE_ID).toBeUndefined();
  });
});
