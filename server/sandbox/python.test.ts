import { afterAll, describe, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import type { CodeRequest } from '#engine/node.ts';
import { createCodeRunner } from './code-runner.ts';

const runner = createCodeRunner();
afterAll(() => runner.close());

/** The first one starts the interpreter from scratch, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 };

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
    'The Fetch': {
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
  { json: { a: 1, in: { b: ['é☃😀', null, true, 1.5] } }, source: { item: 0 } },
  { json: { a: 2 }, source: { item: 1 } },
];

const request = (source: string, more: Partial<CodeRequest> = {}): CodeRequest => ({
  language: 'python',
  source,
  mode: 'all-items',
  items: ITEMS,
  context: CONTEXT,
  timeoutMs: 10_000,
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

/** One run each would start an interpreter each: these are values of one list. */
const VALUES: [string, unknown][] = [
  ['[i.json.a for i in _input.all()]', [1, 2]],
  ['[i["json"]["a"] for i in _items] + [len(items)]', [1, 2, 2]],
  [
    '[_input.first().json.a, _input.last().json.a, _input.item.json.a, _json.a, item.json.a]',
    [1, 2, 1, 1, 1],
  ],
  ['items[0].json["in"]', { b: ['é☃😀', null, true, 1.5] }],
  ['_items[1]', { json: { a: 2 }, pairedItem: { item: 1 } }],
  ['[i.json.n for i in _("The Fetch").all()]', [1, 2]],
  [
    '[_("The Fetch").first().json.n, _("The Fetch").last().json.n, _("The Fetch").all(1)[0].json.o]',
    [1, 2, 1],
  ],
  ['[_("The Fetch").first(0, 0).json.run, _("The Fetch").item.json.n, _node["The Fetch"].json.n]', [0, 1, 1]],
  ['[_("The Fetch").isExecuted, _node.Late.isExecuted]', [true, false]],
  [
    '[_workflow.name, _execution.mode, _vars.region, _env["STAGE"], _runIndex, _itemIndex]',
    ['Orders', 'test', 'eu', 'test', 2, 0],
  ],
  [
    '[_now.isoformat(), _now.toISO(), _today.isoformat(), _now.toMillis()]',
    ['2026-01-02T04:04:05+01:00', '2026-01-02T04:04:05.000+01:00', '2026-01-02T00:00:00+01:00', NOW],
  ],
  [
    '[__import__("time").time() // 60, __import__("datetime").datetime.now().year]',
    [NOW / 60_000 - 5 / 60, 2026],
  ],
  ['_items[0].json.to_py() == _items[0].json', true],
  [
    '{"a": {1, 1}, "d": datetime.date(2026, 1, 2), "n": float("nan"), "t": (1, 2), 3: decimal.Decimal("1.5")}',
    { a: [1], d: '2026-01-02', n: null, t: [1, 2], 3: 1.5 },
  ],
  ['json.loads(\'{"x": [1]}\')', { x: [1] }],
  [
    '[re.sub("a", "b", "aa"), hashlib.sha256(b"x").hexdigest()[:4], base64.b64encode(b"hi").decode()]',
    ['bb', '2d71', 'aGk='],
  ],
  ['len({random.random(), random.random()})', 2],
  ['counter', 3],
];

describe('Python', () => {
  test('sees the items, the other nodes and the variables, and has its library', PATIENCE, async () => {
    const source = [
      'import base64, datetime, decimal, hashlib, json, random, re',
      'counter: int = 0',
      'def count():',
      '    global counter',
      '    counter += 1',
      'for _n in range(3): count()',
      `return [${VALUES.map(([expression]) => `\n  ${expression}`).join(',')}]`,
    ].join('\n');
    const values = (await run(source)) as unknown[];
    const known = VALUES.findIndex(([expression]) => expression.includes('time()'));
    values[known] = [Math.round((values[known] as number[])[0]! * 60_000 + 5000) / 60_000 - 5 / 60, 2026];
    expect(values).toEqual(VALUES.map(([, value]) => value));
  });

  test.each<[string, string, unknown]>([
    [
      'changes items',
      'for item in items:\n  item.json.b = item.json.a * 2\n  del item["pairedItem"]\nreturn items[1:]',
      [{ json: { a: 2, b: 4 } }],
    ],
    ['gives its names new values', 'items = items[1:]\nreturn len(items)', 1],
    [
      'waits',
      'import asyncio\nasync def one(n):\n  await asyncio.sleep(0.01)\n  return n\nreturn await asyncio.gather(one(1), one(2))',
      [1, 2],
    ],
    [
      'has functions that share variables',
      'n = 1\ndef outer():\n  m = n\n  def inner():\n    nonlocal m\n    m += 1\n  inner()\n  return m\nreturn outer()',
      2,
    ],
    ['returns nothing', 'x = 1', undefined],
    ['returns None', 'return None', null],
    ['has texts over several lines', 'return """a\nb\n  c"""', 'a\nb\n  c'],
  ])('%s', PATIENCE, async (_name, source, expected) => expect(await run(source)).toEqual(expected));

  test('for each item: what is not returned is missing, None is None', PATIENCE, async () => {
    const source = 'print(_itemIndex)\nif _json.a == 1: return {"json": {"b": item.json.a}}\nseen = 1';
    const { value, logs } = await runner.run(request(source, { mode: 'each-item' }));
    expect(value).toEqual([{ json: { b: 1 } }, undefined]);
    expect(logs.map((line) => line.message)).toEqual(['0', '1']);
    expect(await run('return None', { mode: 'each-item' })).toEqual([null, null]);
    expect(await failure('x = 1\nreturn [1 / (2 - _json.a)]', { mode: 'each-item' })).toMatchObject({
      message: 'ZeroDivisionError: division by zero [line 2, column 9, for item 1]',
      itemIndex: 1,
    });
  });

  test('what is printed becomes log lines', PATIENCE, async () => {
    const source =
      'import sys\nprint("a", 1, {"b": None})\nprint("c\\nd", end="")\nprint("x" * 5000, file=sys.stderr)\nreturn 1';
    expect((await runner.run(request(source))).logs).toEqual([
      { level: 'info', message: "a 1 {'b': None}" },
      { level: 'info', message: 'c' },
      { level: 'warn', message: 'x'.repeat(4000) },
      { level: 'info', message: 'd' },
    ]);
    const { logs } = await runner.run(request('for i in range(1000): print(i)'));
    expect(logs).toHaveLength(200);
    expect(logs.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('first 200') });
  });
});

test.each([
  ['x = 1\nreturn nme', "NameError: name 'nme' is not defined [line 2, column 8]"],
  ['def f():\n  return {}["k"]\n\nf()', "KeyError: 'k' [line 2, column 10]"],
  ['x = (1 +', "SyntaxError: '(' was never closed [line 1, column 5]"],
  [
    'if True:\nx = 1',
    "IndentationError: expected an indented block after 'if' statement on line 1 [line 2, column 1]",
  ],
  ['x = 1\nyield x', "SyntaxError: 'yield' outside function [line 2, column 1]"],
  ['import numpy', "ModuleNotFoundError: No module named 'numpy' [line 1, column 1]"],
  [
    'return _("No").all()',
    "NameError: Referenced node doesn't exist or hasn't been executed: 'No' [line 1, column 8]",
  ],
  ['return item.json.nothing', "AttributeError: there is no field 'nothing' [line 1, column 8]"],
  [
    '_getWorkflowStaticData("global")',
    'NotImplementedError: Static data is there for JavaScript only. Keep such values in a data table. [line 1, column 1]',
  ],
  ['import sys\nsys.exit(3)', 'SystemExit: 3 [line 2, column 1]'],
  ['def f(): return f()\nf()', 'RecursionError: maximum recursion depth exceeded [line 1, column 17]'],
  [
    'class E(Exception):\n  def __str__(self): raise self\nraise E',
    'E: <exception str() failed> [line 3, column 1]',
  ],
  ['return object()', 'TypeError: Object of type object is not JSON serializable'],
  ['a = []\na.append(a)\nreturn a', 'ValueError: Circular reference detected'],
])('an error says what and where: %j', PATIENCE, async (source, message) => {
  expect(await failure(source)).toEqual({ kind: 'config', message, field: 'source', retryable: false });
});

describe('limits', () => {
  test.each([
    'while True: pass',
    'import time\ntime.sleep(60)',
    'import asyncio\nawait asyncio.sleep(60)',
    'return 7 ** 10 ** 9',
    'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
  ])('time runs out: %j', PATIENCE, async (source) => {
    await run('return 1'); // so that starting does not count
    expect(await failure(source, { timeoutMs: 500 })).toMatchObject({
      kind: 'timeout',
      message: 'The code took longer than 500 ms.',
    });
  });

  test('what never happens is not waited for', PATIENCE, async () => {
    expect(await failure('import asyncio\nawait asyncio.Future()')).toMatchObject({
      kind: 'timeout',
      message: 'The code awaits something that never happens.',
    });
  });

  test.each([
    "x = 'x' * 10 ** 9",
    'x = []\nwhile True: x.append("a" * 10 ** 6)',
    'x = [0]\nwhile True: x += x',
  ])('memory runs out: %j', PATIENCE, async (source) => {
    expect(await failure(source)).toMatchObject({
      kind: 'limit',
      message: 'The code used more than its 64 MB of memory.',
    });
    expect(await run('return 1')).toBe(1);
  });

  test('memory is what the node says', PATIENCE, async () => {
    const source = "return len('x' * 150 * 2 ** 20)";
    expect(await failure(source)).toMatchObject({ kind: 'limit' });
    expect(await run(source, { memoryMb: 256 })).toBe(150 * 2 ** 20);
  });

  test('a result may not be too large', PATIENCE, async () => {
    const message = 'The code returned more than 16 MB.';
    expect(await failure("return 'x' * 17 * 2 ** 20", { memoryMb: 128 })).toMatchObject({
      kind: 'limit',
      message,
    });
    expect(await failure("return 'x' * 9 * 2 ** 20", { mode: 'each-item', memoryMb: 128 })).toMatchObject({
      kind: 'limit',
      message,
      itemIndex: 1,
    });
  });

  test('a cancelled run ends at once with the reason', PATIENCE, async () => {
    const stop = new AbortController();
    const running = runner.run(request('while True: pass', { signal: stop.signal }));
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(await run('return 1')).toBe(1);
  });

  test('runs at the same time do not disturb each other, nor JavaScript', PATIENCE, async () => {
    const [one, two, three] = await Promise.all([
      run('x = 0\nfor i in range(100000): x += 1\nreturn x'),
      failure('while True: pass', { timeoutMs: 300 }),
      run('return 3', { language: 'javascript' }),
    ]);
    expect([one, two?.kind, three]).toEqual([100_000, 'timeout', 3]);
  });
});
