import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { manualTriggerNode } from './execute.ts';

test('passes its items on', async () => {
  expect(jsonOf(await runNode(manualTriggerNode, { items: [{ a: 1 }, {}] }))).toEqual([{ a: 1 }, {}]);
});
