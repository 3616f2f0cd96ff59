import lucide from 'lucide-react/dynamicIconImports';
import { describe, expect, test } from 'vitest';
import { checkFields } from '../check.ts';
import { authorizerOf, SECRET_NAMES } from './authorize.ts';
import { credentialTypes, findCredentialType, httpCredentialTypes } from './registry.ts';

/** The laws for all kinds of credentials. */
test('has no kind twice, and finds each by its name only', () => {
  expect(new Set(credentialTypes.map(({ type }) => type)).size).toBe(credentialTypes.length);
  expect(findCredentialType('bearer')?.name).toBe('Bearer token');
  expect(findCredentialType('toString')).toBeUndefined();
});

describe.each(credentialTypes.map((type) => [type.type, type] as const))('%s', (_type, kind) => {
  const fields = Object.entries(kind.fields);

  test('is described for people', () => {
    expect(kind.type).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(kind.description).toMatch(/^[A-Z].*\.$/s);
    expect(kind.search.length).toBeGreaterThan(0);
    expect(Object.keys(lucide)).toContain(kind.icon);
  });

  test('takes every field literally, and is not told off for its secrets', () => {
    expect(fields.filter(([, spec]) => spec.template !== false).map(([name]) => name)).toEqual([]);
    const secrets = Object.fromEntries(fields.map(([name]) => [name, 'a text {{ $json.a }}']));
    expect(checkFields(kind.fields, secrets).filter(({ code }) => code === 'secret-in-workflow')).toEqual([]);
  });

  test('holds a secret, says which, and it is taken out of texts', () => {
    const secrets = fields.flatMap(([name, spec]) => (spec.kind === 'text' && spec.secret ? [name] : []));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((name) => !SECRET_NAMES.has(name))).toEqual([]);
    const named = fields.filter(([name]) => /password|secret$|token$|^key$|privateKey|^value$/i.test(name));
    expect(named.map(([name]) => name).filter((name) => !secrets.includes(name))).toEqual([]);
  });

  test('can sign requests exactly if it is for them', () => {
    expect(authorizerOf(kind.type) !== undefined).toBe(kind.use === 'http');
    expect(httpCredentialTypes.includes(kind.type)).toBe(kind.use === 'http');
  });
});
