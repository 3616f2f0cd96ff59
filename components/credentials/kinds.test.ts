import { describe, expect, it } from 'vitest';
import { credentialTypes } from '#nodes/credential-types/registry.ts';
import { findKinds } from './find-kinds.ts';
import { kindIcons } from './kind-icon.tsx';

const namesFor = (text: string) => findKinds(credentialTypes, text).map(({ type }) => type);

it('knows the icon of every kind', () => {
  expect(credentialTypes.map(({ icon }) => icon).filter((icon) => !kindIcons.has(icon))).toEqual([]);
});

describe('finding a kind', () => {
  it('shows all of them at first', () => {
    expect(namesFor(' ')).toEqual(credentialTypes.map(({ type }) => type));
  });

  it('looks into names and other words, and puts names first', () => {
    expect(namesFor('2FA')).toEqual(['totp']);
    expect(namesFor('header')[0]).toBe('header');
    expect(namesFor('header')).toContain('api-key');
    expect(namesFor('mail send')).toEqual(['smtp']);
    expect(namesFor('nothing like it')).toEqual([]);
  });
});
