import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { importJsonl } from './import-jsonl.ts';

test('translates each line and says what became of its nodes', async () => {
  const output = new PassThrough();
  const workflow = { name: 'W', nodes: [{ name: 'A', type: 'n8n-nodes-base.noOp' }], connections: {} };
  const lines = [
    { id: 1, workflow },
    { id: 2, workflow: JSON.stringify(workflow) },
    { id: 3, workflow: {} },
  ];
  await importJsonl(
    Readable.from([...lines.map((line) => `${JSON.stringify(line)}\n`), 'nonsense\n']),
    output,
  );
  output.end();
  const answers = (await text(output))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers[0]).toMatchObject({
    id: 1,
    workflow: { name: 'W', nodes: [{ type: 'no-op' }] },
    report: { nodes: [{ name: 'A', status: 'mapped' }] },
  });
  expect(answers[1]).toEqual({ ...answers[0], id: 2 });
  expect(answers[2]).toEqual({ id: 3, error: expect.stringContaining('no “nodes”') });
  expect(answers[3]).toMatchObject({ id: null, error: expect.any(String) });
});
