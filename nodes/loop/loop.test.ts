import { expect, test } from 'vitest';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { loopNode } from './execute.ts';

const entered = toItems({ n: 1 }, { n: 2 }, { n: 3 });
const back = toItems({ r: 1 });

test.each([
  [0, [{ n: 1 }, { n: 2 }], []],
  [1, [{ n: 3 }], []],
  [2, [], [{ r: 1 }]],
])('pass %i', async (iteration, loop, done) => {
  const result = await runNode(loopNode, {
    parameters: { batchSize: 2 },
    loop: { entered, iteration, returned: () => back },
  });
  expect(jsonOf(result, 'loop')).toEqual(loop);
  expect(jsonOf(result, 'done')).toEqual(done);
});

test('with reset, what comes back is the new list', async () => {
  const result = await runNode(loopNode, {
    parameters: { options: { reset: true } },
    items: [{ page: 2 }],
    loop: { entered, iteration: 5, returned: () => back },
  });
  expect(jsonOf(result, 'loop')).toEqual([{ page: 2 }]);
});

test.each(['done', 'noItemsLeft'])('n8n: a reset by its own %s is what every loop here does', (name) => {
  const reset = `={{ $node["Loop"].context["${name}"] }}`;
  expect(importNode('splitInBatches', 2, { options: { reset } })).toMatchObject({
    type: 'loop',
    status: 'mapped',
    parameters: { batchSize: 1, options: {} },
  });
  expect(importNode('splitInBatches', 3, { options: { reset: true } })).toMatchObject({
    status: 'approximated',
    parameters: { options: { reset: true } },
  });
});
