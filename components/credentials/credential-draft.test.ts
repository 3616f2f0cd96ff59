import { describe, expect, it } from 'vitest';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import { emptyDraft, fieldsWithSecrets, proposedName } from './credential-draft.ts';

const kindOf = (type: string) => findCredentialType(type)!;

describe('the proposed name', () => {
  const named = (type: string, change: object) =>
    proposedName(kindOf(type), { ...emptyDraft(kindOf(type)), ...change });

  it('is that of the kind, with the place where it is used once that is known', () => {
    expect(named('header', {})).toBe('Header');
    expect(named('header', { allowedHosts: ['api.example.com', 'b.example'] })).toBe(
      'Header · api.example.com',
    );
    expect(named('smtp', { data: { host: ' smtp.example.com ' } })).toBe(
      'Mail server (SMTP) · smtp.example.com',
    );
    expect(named('oauth2', { data: { tokenUrl: 'https://id.example/token' } })).toBe('OAuth 2 · id.example');
    expect(named('oauth2', { data: { tokenUrl: 'https:' } })).toBe('OAuth 2');
  });

  it('is never longer than a name may be', () => {
    expect(named('header', { allowedHosts: ['x'.repeat(250)] })).toHaveLength(120);
  });
});

it('asks for no secret that is set already', () => {
  const { fields } = kindOf('api-key');
  const { key, name } = fieldsWithSecrets(fields, ['key']);
  expect(key).toMatchObject({ required: false, placeholder: expect.stringContaining('leave empty') });
  expect(name).toBe(fields.name);
  expect(fieldsWithSecrets(fields, []).key).toBe(fields.key);
});
