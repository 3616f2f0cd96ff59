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
  const { operations } = describeNode(findDefinition('email-send', 1)!);
  const { properties } = operations[0]!.parameters as { properties: Record<string, { writeOnly?: boolean }> };
  expect(properties.password?.writeOnly).toBe(true);
  expect(properties.user?.writeOnly).toBeUndefined();
});
