import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { runNode } from '../testing.ts';
import { stopAndErrorNode } from './execute.ts';

test.each<[JsonObject, string]>([
  [{ message: 'No customer' }, 'No customer'],
  [{ errorType: 'object', errorObject: '{"message": "Gone", "code": 4}' }, 'Gone'],
  [{ errorType: 'object', errorObject: { message: '', description: 'No room' } }, 'No room'],
  [{ errorType: 'object', errorObject: { error: 'Full' } }, 'Full'],
  [{ errorType: 'object', errorObject: { code: 4 } }, 'Error: {"code":4}'],
])('%j', async (parameters, message) => {
  await expect(runNode(stopAndErrorNode, { parameters })).rejects.toMatchObject({
    data: { kind: 'stopped', message, retryable: false },
  });
});
