import { afterAll, describe, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import { viewFile } from '#engine/file-view.ts';
import type { CodeRequest } from '#engine/node.ts';
import { createCodeRunner } from './code-runner.ts';

const runner = createCodeRunner();
afterAll(() => runner.close());

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const CONTEXT = {
  $now: NOW,
  $timezone: 'Europe/Berlin',
  $workflow: { id: 'w1', name: 'Orders', active: true },
  $execution: { id: 'e1', mode: 'manual' },
  $vars: { region: 'eu' },
  $env: { STAGE: 'test' },
  $runIndex: 2,
  $itemIndex: 0,
  $nodes: {
    Fetch: {
      outputPorts: ['main', 'other'],
      port: 'main',
      runs: [
        { main: [{ json: { run: 0 } }] },
        { main: [{ json: { n: 1 } }, { json: { n: 2 } }], other: [{ json: { o: 1 } }] },
      ],
    },
    Late: { outputPorts: ['main'], port: undefined, runs: [] },
  },
};
const ITEMS = [
  { json: { a: 1 }, source: { item: 0 } },
  { json: { a: 2 }, source: { item: 1 } },
];

const request = (source: string, more: Partial<CodeRequest> = {}): CodeRequest => ({
  language: 'javascript',
  source,
  mode: 'all-items',
  items: ITEMS,
  context: CONTEXT,
  timeoutMs: 5_000,
  memoryMb: 64,
  ...more,
});
const run = async (source: string, more: Partial<CodeRequest> = {}) =>
  (await runner.run(request(source, more))).value;

async function failure(source: string, more: Partial<CodeRequest> = {}): Promise<NodeErrorData> {
  try {
    await runner.run(request(source, more));
  } catch (error) {
    if (error instanceof NodeError) return error.data;
    throw error;
  }
  throw new Error('should have failed');
}

describe('what code sees', () => {
  test.each<[string, unknown]>([
    [
      'for (const item of $input.all()) item.json.b = item.json.a * 2;\nreturn $input.all();',
      [
        { json: { a: 1, b: 2 }, pairedItem: { item: 0 } },
        { json: { a: 2, b: 4 }, pairedItem: { item: 1 } },
      ],
    ],
    ['return items.map((item) => item.json.a)', [1, 2]],
    [
      'return [$input.first().json.a, $input.last().json.a, $input.item.json.a, $json.a, item.json.a]',
      [1, 2, 1, 1, 1],
    ],
    ['items = items.slice(1); return items.length', 1],
    ['let $json = { mine: 1 }; const items = []; return [$json, items]', [{ mine: 1 }, []]],
    ["return $('Fetch').all().map((i) => i.json.n)", [1, 2]],
    [
      "return [$('Fetch').first().json.n, $('Fetch').last().json.n, $('Fetch').all(1)[0].json.o, $('Fetch').first(0, 0).json.run]",
      [1, 2, 1, 0],
    ],
    [
      "return [$('Fetch').item.json.n, $('Fetch').itemMatching(1).json.n, $('Fetch').isExecuted, $('Late').isExecuted]",
      [1, 2, true, false],
    ],
    [
      'return [$node["Fetch"].json.n, $node.Fetch.json.n, $node.Fetch.runIndex, $items("Fetch")[1].json.n, $items("Fetch", 0, 0).length]',
      [1, 1, 1, 2, 1],
    ],
    [
      'return [$workflow.name, $execution.id, $execution.mode, $vars.region, $env.STAGE, $runIndex, $itemIndex]',
      ['Orders', 'e1', 'test', 'eu', 'test', 2, 0],
    ],
    [
      'return [$now.toISO(), $today.toISO(), DateTime.now().zoneName]',
      ['2026-01-02T04:04:05.000+01:00', '2026-01-02T00:00:00.000+01:00', 'Europe/Berlin'],
    ],
    [
      "return [Duration.fromObject({ hours: 2 }).as('minutes'), Interval.after($now, { days: 1 }).length('hours')]",
      [120, 24],
    ],
    [
      'return [new Date().getUTCFullYear(), new Date() instanceof Date, typeof Date(), new Date(0).toISOString(), Date.UTC(2000, 0)]',
      [2026, true, 'string', '1970-01-01T00:00:00.000Z', 946684800000],
    ],
    ['return Math.abs(Date.now() - $now.toMillis()) < 5000', true],
    [
      'return { when: $now, date: new Date(0) }',
      { when: '2026-01-02T04:04:05.000+01:00', date: '1970-01-01T00:00:00.000Z' },
    ],
    ["return $jmespath({ a: [{ b: 1 }, { b: 2 }] }, 'a[].b')", [1, 2]],
    ['const later = await new Promise((resolve) => setTimeout(() => resolve(5), 20));\nreturn later;', 5],
    ['const id = setTimeout(() => { throw new Error() }, 1); clearTimeout(id); await null; return 1', 1],
    ['return (await Promise.all([1, 2].map(async (n) => n * 2)))', [2, 4]],
    ['$getWorkflowStaticData("global").n = 1; return $getWorkflowStaticData("global").n', 1],
    [
      "const b = Buffer.from('Grüße ☃ 😀'); return [b.length, b.toString(), b.toString('base64'), Buffer.from(b.toString('hex'), 'hex').toString()]",
      [16, 'Grüße ☃ 😀', Buffer.from('Grüße ☃ 😀').toString('base64'), 'Grüße ☃ 😀'],
    ],
    [
      "return [btoa('a?>'), atob('YT8+'), new TextDecoder().decode(new TextEncoder().encode('é')), Buffer.from([0xff, 65]).toString(), Buffer.from('_-8', 'base64url').toString('hex')]",
      ['YT8+', 'a?>', 'é', '\ufffdA', 'ffef'],
    ],
    [
      'const a = { d: new Date(0), l: [1] }; const c = structuredClone(a); c.l.push(2); return [a.l, c.l, c.d]',
      [[1], [1, 2], '1970-01-01T00:00:00.000Z'],
    ],
    ['// a comment at the end', undefined],
    ['return null', null],
    ['const me = { n: 10n }; me.me = me; return me', { n: '10', me: '[Circular Reference]' }],
  ])('%s', async (source, expected) => {
    expect(await run(source)).toEqual(expected);
  });

  test('files keep everything under the names that n8n gives them', async () => {
    const file = viewFile({ name: 'a.txt', mimeType: 'text/plain', sizeBytes: 3, data: 'YWJj' });
    const value = await run('return $binary.doc', { items: [{ json: {}, files: { doc: file } }] });
    expect(value).toEqual({
      mimeType: 'text/plain',
      fileType: 'text',
      fileExtension: 'txt',
      fileName: 'a.txt',
      fileSize: '3 B',
      bytes: 3,
      data: 'YWJj',
    });
  });

  test('each item gets its own run in one isolate', async () => {
    const each = (source: string) => run(source, { mode: 'each-item' });
    expect(await each('return { json: { b: $json.a, i: $itemIndex, same: $input.item === item } }')).toEqual([
      { json: { b: 1, i: 0, same: true } },
      { json: { b: 2, i: 1, same: true } },
    ]);
    expect(await each("return $('Fetch').item.json.n")).toEqual([1, 2]);
    expect(await each('if ($itemIndex === 1) return null')).toEqual([undefined, null]);
    expect(
      await run('return $itemIndex', {
        mode: 'each-item',
        items: [{ json: {} }],
        context: { $itemIndex: 7 },
      }),
    ).toEqual([7]);
  });

  test('the console is kept, within bounds', async () => {
    const { logs } = await runner.run(
      request("console.log('a', { b: 1 }); console.warn([1]); console.error(new Error('e').message)"),
    );
    expect(logs).toEqual([
      { level: 'info', message: 'a {"b":1}' },
      { level: 'warn', message: '[1]' },
      { level: 'error', message: 'e' },
    ]);
    const flood = await runner.run(request("for (let i = 0; i < 1e5; i++) console.log('x'.repeat(1e4))"));
    expect(flood.logs).toHaveLength(200);
    expect(flood.logs[0]!.message).toHaveLength(4000);
    expect(flood.logs.at(-1)!.message).toBe('Only the first 200 lines are kept.');
  });
});

describe('how code fails', () => {
  test.each<[string, string, string]>(
    [
      ['\n\nfoo()', 'config', 'foo is not defined [line 3]'],
      ['const x = null;\nreturn x.y;', 'config', "Cannot read properties of null (reading 'y') [line 2]"],
      ["throw new Error('mine')", 'config', 'mine [line 1]'],
      ["await null;\nthrow new TypeError('mine')", 'config', 'mine [line 2]'],
      ["function deep() { throw new Error('in') }\n\ndeep()", 'config', 'in [line 1]'],
      ["throw 'text'", 'config', 'text'],
      [
        "return $('Missing').all()",
        'config',
        "Referenced node doesn't exist or hasn't been executed: 'Missing' [line 1]",
      ],
      ["return 1;\nreturn $('Late').first()", 'config', ''],
      ["\nreturn $('Late').first()", 'config', "Node 'Late' hasn't been executed [line 2]"],
      ['let a;\nlet a;', 'config', "Identifier 'a' has already been declared [line 2]"],
      ['if (true) {\n', 'config', "Unexpected token ')' [line 2]"],
      ["Promise.reject(new Error('stray'));\nawait null;", 'config', 'stray [line 1]'],
      [
        "setTimeout(() => { throw new Error('timer') }, 1); await new Promise(() => undefined)",
        'config',
        'timer [line 1]',
      ],
      ['function f() { f() }\nf()', 'config', 'Maximum call stack size exceeded [line 1]'],
      ["return { toJSON() { throw new Error('json') } }", 'config', 'json [line 1]'],
      ['await new Promise(() => undefined)', 'timeout', 'The code awaits something that never happens.'],
      ["return 'x'.repeat(2e7)", 'limit', 'The code returned more than 16 MB.'],
      [
        'const a = []; for (;;) a.push(new ArrayBuffer(1e7))',
        'limit',
        'Array buffer allocation failed [line 1]',
      ],
    ].filter(([, , message]) => message !== '') as [string, string, string][],
  )('%j', async (source, kind, message) => {
    expect(await failure(source)).toMatchObject({ kind, message, retryable: false });
  });

  test('of several items, the one that failed is named', async () => {
    const error = await failure("if ($itemIndex === 1) throw new Error('no')", { mode: 'each-item' });
    expect(error).toMatchObject({ kind: 'config', message: 'no [line 1, for item 1]', itemIndex: 1 });
  });

  test.each([
    'while (true) {}',
    'await null; while (true) {}',
    'for (;;) await null',
    '(function again() { Promise.resolve().then(again) })(); await new Promise(() => undefined)',
    "/^(a+)+$/.test('a'.repeat(50) + 'b')",
    'await new Promise((resolve) => setTimeout(resolve, 60_000))',
    'return { toJSON() { while (true) {} } }',
    '(function again() { setTimeout(again, 0) })(); await new Promise(() => undefined)',
  ])('time runs out: %s', async (source) => {
    const startedAt = performance.now();
    expect(await failure(source, { timeoutMs: 200 })).toMatchObject({
      kind: 'timeout',
      message: 'The code took longer than 200 ms.',
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test('code that the engine cannot stop costs its process, not its neighbours', {
    timeout: 20_000,
  }, async () => {
    const neighbours = Array.from({ length: 3 }, (_, i) =>
      run(`await new Promise((r) => setTimeout(r, 700)); return ${i}`),
    );
    const unstoppable = failure('return (2n ** (2n ** 28n)).toString().length', { timeoutMs: 200 });
    expect((await unstoppable).kind).toBe('timeout');
    expect(await Promise.all(neighbours)).toEqual([0, 1, 2]);
    expect(await run('return 1')).toBe(1);
  });

  test.each([
    'const all = []; for (;;) all.push(new Array(1000).fill({}))',
    "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'a' + i)",
    'const all = []; for (;;) all.push(Math.random() + "text")',
    'const all = []; await null; for (;;) all.push({ all: [...all.slice(-1000)] })',
    'let list = [1]; for (;;) list = [list, list, list, list].flat(Infinity)',
  ])('memory runs out: %s', { timeout: 30_000 }, async (source) => {
    const bystander = run('await new Promise((r) => setTimeout(r, 300)); return 1');
    expect((await failure(source, { timeoutMs: 15_000, memoryMb: 16 })).kind).toBe('limit');
    expect(await bystander).toBe(1);
    expect(await run('return 1')).toBe(1);
  });
});

test('a cancelled run ends at once with the reason, whether it runs or waits', async () => {
  const one = createCodeRunner({ concurrency: 1 });
  const controller = new AbortController();
  const reason = new NodeError('stopped', 'enough');
  const runs = Array.from({ length: 3 }, () =>
    one.run(request('while (true) {}', { signal: controller.signal })),
  );
  setTimeout(() => controller.abort(reason), 100);
  for (const result of await Promise.allSettled(runs)) expect(result).toEqual({ status: 'rejected', reason });
  await expect(one.run(request('return 1', { signal: controller.signal }))).rejects.toBe(reason);
  expect((await one.run(request('return 1'))).value).toBe(1);
  await one.close();
});

test('runs wait for their turn, and nothing is left when it closes', async () => {
  const one = createCodeRunner({ concurrency: 2 });
  const values = await Promise.all(Array.from({ length: 20 }, (_, i) => one.run(request(`return ${i}`))));
  expect(values.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  const open = one.run(request('while (true) {}'));
  const settled = open.catch((error: NodeError) => error.data.kind);
  await one.close();
  expect(await settled).toBe('bug');
  await expect(one.run(request('return 1'))).rejects.toThrow('closed');
});

describe('static data', () => {
  const kept = async (source: string, $staticData: object = { global: { n: 1 }, node: {} }) =>
    (await runner.run(request(source, { context: { ...CONTEXT, $staticData } }))).staticData;

  test('comes back as the code left it, and only what it asked for', async () => {
    expect(await kept("$getWorkflowStaticData('global').n++; return []")).toEqual({ global: { n: 2 } });
    expect(await kept("getWorkflowStaticData('node').seen = [1]; return []")).toEqual({
      node: { seen: [1] },
    });
    expect(await kept('return []')).toBeUndefined();
  });

  test('is refused when it is too large, of another kind, or no data', async () => {
    await expect(kept("$getWorkflowStaticData().x = 'x'.repeat(600_000); return []")).rejects.toThrow(
      '512 kB',
    );
    await expect(kept("$getWorkflowStaticData('other')")).rejects.toThrow('not of "other"');
    await expect(
      kept(
        "Object.defineProperty($getWorkflowStaticData(), 'x', { enumerable: true, get() { throw new Error('no') } }); return []",
      ),
    ).rejects.toThrow('no');
  });
});
