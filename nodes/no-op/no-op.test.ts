import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { noOpNode } from './execute.ts';

test('passes its items on', async () => {
  expect(jsonOf(await runNode(noOpNode, { items: [{ a: 1 }, {}] }))).toEqual([{ a: 1 }, {}]);
});
