import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { filterNode } from './execute.ts';

test('keeps items that meet the conditions and shows the others', async () => {
  const result = await runNode(filterNode, {
    parameters: ({ json }) => ({
      conditions: {
        combinator: 'or',
        ignoreCase: true,
        rows: [
          { left: json.name, operator: 'string.startsWith', right: 'a' },
          { left: json.vip, operator: 'boolean.true' },
        ],
      },
    }),
    items: [
      { name: 'Ada', vip: false },
      { name: 'Bob', vip: true },
      { name: 'Cid', vip: false },
    ],
  });
  expect(jsonOf(result).map((json) => json.name)).toEqual(['Ada', 'Bob']);
  expect(jsonOf(result, 'discarded').map((json) => json.name)).toEqual(['Cid']);
});
