import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { webhookTriggerNode } from './execute.ts';

test('passes its items on', async () => {
  expect(jsonOf(await runNode(webhookTriggerNode, { items: [{ a: 1 }, {}] }))).toEqual([{ a: 1 }, {}]);
});
