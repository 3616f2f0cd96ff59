import { expect, test } from 'vitest';
import { specOf } from '../define.ts';
import { findDefinition } from '../definitions.ts';
import { runNode } from '../testing.ts';
import { placeholderNode } from './execute.ts';

test('fails with advice when it runs', async () => {
  await expect(
    runNode(placeholderNode, { parameters: { originalType: 'acme.rocket' } }),
  ).rejects.toMatchObject({
    data: {
      kind: 'config',
      message: expect.stringContaining('acme.rocket'),
      detail: expect.stringContaining('pin data'),
    },
  });
});

test('has the ports that its connections need', () => {
  const spec = specOf(findDefinition('placeholder', 1)!);
  const names = (parameters: Record<string, unknown>) => {
    const { inputs, outputs } = spec.ports(parameters);
    return [inputs.map((p) => p.name), outputs.map((p) => p.name)];
  };
  expect(names({})).toEqual([['main'], ['main']]);
  expect(names({ inputs: 0, outputs: 3 })).toEqual([[], ['output1', 'output2', 'output3']]);
  expect(spec.literalFields.has('original')).toBe(true);
});
