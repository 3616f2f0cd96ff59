import { expect, test } from 'vitest';
import { findDefinition } from './definitions.ts';
import { describeNode } from './json-schema.ts';

test('a node is described with the JSON Schema of its parameters', () => {
  const { operations, ...about } = describeNode(findDefinition('respond-to-webhook', 1)!);
  expect(about).toMatchObject({ type: 'respond-to-webhook', version: 1, name: 'Respond to webhook' });
  expect(operations[0]).toMatchObject({
    name: 'default',
    inputs: ['main'],
    outputs: ['main'],
    parameters: {
      type: 'object',
      required: [],
      properties: {
        respondWith: {
          enum: expect.arrayContaining(['json', 'redirect']),
          default: 'first-item',
          title: 'Respond with',
        },
        status: { type: 'integer', minimum: 100, maximum: 599 },
        headers: { type: 'array', items: { properties: { name: { title: 'Name' } }, required: ['name'] } },
      },
    },
  });
});

test('says which parameters are secret', () => {
  const { operations } = describeNode(findDefinition('totp', 1)!);
  const { properties } = operations[0]!.parameters as { properties: Record<string, { writeOnly?: boolean }> };
  expect(properties.secret?.writeOnly).toBe(true);
  expect(properties.digits?.writeOnly).toBeUndefined();
});

test('names places for credentials, and no parameter that no form shows', () => {
  const { operations } = describeNode(findDefinition('graphql', 1)!);
  const [{ credentials, parameters }] = operations as [(typeof operations)[number]];
  expect(credentials).toEqual([
    {
      name: 'auth',
      label: 'Credential',
      types: expect.arrayContaining(['bearer', 'oauth2']),
      showIf: { authentication: ['credential'] },
    },
  ]);
  expect(credentials?.[0]?.types).not.toContain('smtp');
  expect(Object.keys(parameters.properties as object)).not.toContain('credentialType');
  expect(describeNode(findDefinition('set', 1)!).operations[0]).not.toHaveProperty('credentials');
});
