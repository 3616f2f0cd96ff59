import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { codeNode } from './execute.ts';

const run = (value: unknown, mode = 'all-items') =>
  runNode(codeNode, {
    parameters: { mode, source: 'return 1' },
    items: [{ a: 1 }, { a: 2 }],
    code: () => value,
  });

test.each([
  ['bare objects', [{ x: 1 }, { x: 2 }], [{ x: 1 }, { x: 2 }]],
  ['items', [{ json: { x: 1 } }], [{ x: 1 }]],
  ['one object', { x: 1 }, [{ x: 1 }]],
  ['nothing', [], []],
])('takes %s', async (_name, value, expected) => expect(jsonOf(await run(value))).toEqual(expected));

test.each([
  [undefined, 'is a “return” missing?'],
  ['text', 'but returned a string.'],
  [[1], 'item 0 is a number'],
  [[{ json: 'test' }], "A 'json' property isn't an object [item 0]"],
  [[{ json: {}, extra: 1 }], '“extra” beside “json”'],
])('refuses %j', async (value, message) => {
  await expect(run(value)).rejects.toMatchObject({
    data: { kind: 'config', message: expect.stringContaining(message) },
  });
});

test('for each item: one object, paired with it; null drops the item', async () => {
  const seen: unknown[] = [];
  const { outputs } = await runNode(codeNode, {
    parameters: { mode: 'each-item', source: '…', options: { timeoutMs: 500 } },
    items: [{ a: 1 }, { a: 2 }],
    code: (request) => {
      seen.push([request.items.length, request.context.$itemIndex, request.timeoutMs, request.memoryMb]);
      return request.items.map((item) => (item.json.a === 1 ? null : { json: { b: 1 } }));
    },
  });
  expect(outputs.main).toEqual([{ json: { b: 1 }, source: { item: 1 } }]);
  expect(seen).toEqual([[2, 0, 500, 64]]);
  await expect(run([[{}], [{}]], 'each-item')).rejects.toThrow('once for all items');
});

test('understands files and origins in both ways of writing', async () => {
  const { outputs } = await run([
    {
      json: {},
      pairedItem: 1,
      binary: { data: { data: 'YQ==', mimeType: 'text/plain', fileName: 'a.txt' } },
    },
  ]);
  expect(outputs.main).toEqual([
    {
      json: {},
      source: { item: 1 },
      files: { data: { data: 'YQ==', mimeType: 'text/plain', name: 'a.txt', sizeBytes: 3 } },
    },
  ]);
});
