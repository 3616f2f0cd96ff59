import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import type { ExecutionMode } from '#engine/node.ts';
import { specOf } from '../define.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { code } from './definition.ts';
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
      files: { data: { data: 'YQ==', mimeType: 'text/plain', name: 'a.txt', sizeBytes: 1 } },
    },
  ]);
});

describe('a Function Item node of n8n', () => {
  /** Runs the imported source as the sandbox would, for one item. */
  const play = (functionCode: string, item: { json: object; binary?: object }): Promise<unknown> => {
    const { source } = importNode('functionItem', 1, { functionCode }).parameters;
    return runInNewContext(`(async () => {${source}\n})()`, { $input: { item }, $json: item.json });
  };

  test('has the data of the item under `item`, and keeps its files', async () => {
    const binary = { data: { data: 'YQ==', mimeType: 'text/plain' } };
    expect(
      await play('item.b = item.a + 1; item = { ...item, c: 3 }; return item;', { json: { a: 1 }, binary }),
    ).toEqual({
      json: { a: 1, b: 2, c: 3 },
      binary,
    });
  });

  test('reads and sets files by functions', async () => {
    const code =
      "const had = getBinaryData() ?? 'none'; setBinaryData({ x: { data: 'Yg==' } }); return { had };";
    expect(await play(code, { json: {} })).toEqual({
      json: { had: 'none' },
      binary: { x: { data: 'Yg==' } },
    });
  });

  test('must return an object', async () => {
    expect(await play('return 5;', { json: {} })).toBe(5);
    expect(await play('item.a = 1;', { json: {} })).toBeUndefined();
  });
});

test('n8n: a Function node may have functions for files, and static data', () => {
  const made = (functionCode: string) => importNode('function', 1, { functionCode });
  expect(made('return items;')).toMatchObject({ status: 'mapped', parameters: { source: 'return items;' } });
  const { source } = made('await setBinaryDataAsync(items[0], {}); return items;').parameters;
  expect(source).toMatch(/^const getBinaryDataAsync = .*\nawait setBinaryDataAsync/);
  expect(made("const data = getWorkflowStaticData('node'); return items;")).toMatchObject({
    status: 'mapped',
  });
});

test('n8n: the code of an AI Transform node runs as it is, once there is some', () => {
  expect(importNode('aiTransform', 1, { instructions: 'x', jsCode: 'return $input.all();' })).toEqual({
    type: 'code',
    parameters: { mode: 'all-items', source: 'return $input.all();' },
    status: 'mapped',
  });
  expect(importNode('aiTransform', 1, { instructions: 'x' })).toMatchObject({ status: 'placeholder' });
});

describe('Python', () => {
  const parameters = { language: 'python', python: 'return 1', source: 'getWorkflowStaticData()' };

  test('is handed to the sandbox as such', async () => {
    const seen: unknown[] = [];
    await runNode(codeNode, {
      parameters,
      code: (request) => {
        seen.push(request.language, request.source, request.context.$staticData);
        return [];
      },
    });
    expect(seen).toEqual(['python', 'return 1', undefined]);
    expect((code.operations.default.effect as (p: object) => string)(parameters)).toBe('pure');
  });

  test('has its mistakes in its own field', async () => {
    const failing = () => {
      throw new NodeError('config', 'NameError: x', { field: 'source' });
    };
    await expect(runNode(codeNode, { parameters, code: failing })).rejects.toMatchObject({
      data: { kind: 'config', message: 'NameError: x', field: 'python' },
    });
  });

  test('comes from n8n in both its kinds', () => {
    const made = (parameters: JsonObject) => importNode('code', 2, parameters);
    expect(made({ language: 'python', pythonCode: 'return _items' })).toEqual({
      type: 'code',
      status: 'mapped',
      parameters: { mode: 'all-items', language: 'python', python: 'return _items' },
    });
    const { parameters: native } = made({ language: 'pythonNative', mode: 'runOnceForEachItem' });
    expect(native).toMatchObject({ mode: 'each-item', python: expect.stringContaining('return _item') });
    expect(made({ language: 'python', pythonCode: 'import micropip' }).reason).toContain('packages');
    expect(made({ language: 'pythonNative', pythonCode: 'import pandas' }).status).toBe('approximated');
  });
});

describe('what the workflow remembers', () => {
  const source = "$getWorkflowStaticData('global').n++; return []";
  const remembering = async (mode: ExecutionMode, text = source) => {
    const staticData = { global: { n: 1 } };
    const seen: unknown[] = [];
    await runNode(codeNode, {
      parameters: { source: text },
      mode,
      staticData,
      keeps: { global: { n: 2 } },
      code: (request) => {
        seen.push(structuredClone(request.context.$staticData));
        return [];
      },
    });
    return { seen, staticData };
  };

  test('is handed to code that asks for it, and kept', async () => {
    expect(await remembering('webhook')).toEqual({
      seen: [{ global: { n: 1 } }],
      staticData: { global: { n: 2 } },
    });
  });

  test('is not changed by trying out', async () => {
    expect((await remembering('manual')).staticData).toEqual({ global: { n: 1 } });
  });

  test('is not read for code that does not ask, and makes a node with it one that writes', async () => {
    expect((await remembering('webhook', 'return []')).seen).toEqual([undefined]);
    const { effect } = code.operations.default;
    expect(
      [source, 'return []', undefined].map((text) => (effect as (p: object) => string)({ source: text })),
    ).toEqual(['write', 'pure', 'pure']);
  });
});

test('fails once for all items, unless it runs for each', () => {
  const together = (parameters: JsonObject) => specOf(code).takesTogether?.(parameters);
  expect([together({}), together({ mode: 'all-items' }), together({ mode: 'each-item' })]).toEqual([
    true,
    true,
    false,
  ]);
});
