import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { bySql } from './by-sql.ts';
import { inputCount } from './definition.ts';
import { mergeNode } from './execute.ts';

const people = [
  { id: 1, name: 'Ada', active: true, home: { city: 'London', tags: ['a', 'b'] } },
  { id: 2, name: 'Alan', active: false, home: { city: 'Bletchley', tags: [] } },
  { id: 3, name: 'Grace', active: null },
];
const orders = [
  { id: 10, person: '1', price: 5.5, Note: 'first' },
  { id: 11, person: '1', price: 4 },
  { id: 12, person: '2', price: 3 },
];

type Inputs = Record<string, JsonObject[]>;
const ask = async (query: string, inputs: Inputs = { input1: people, input2: orders }, options = {}) => {
  const items = Object.fromEntries(Object.entries(inputs).map(([port, jsons]) => [port, toItems(...jsons)]));
  const count = Math.max(2, Object.keys(inputs).length);
  const parameters = { mode: 'sql', inputs: count, query, options };
  return jsonOf(await runNode(mergeNode, { parameters, inputs: items }));
};

test.each<[string, string, JsonObject[]]>([
  ['a whole table', 'SELECT * FROM input2 WHERE Note IS NOT NULL', [orders[0]!]],
  [
    'a join of a number with a text',
    'SELECT input1.name, input2.price FROM input1 JOIN input2 ON input1.id = input2.person ORDER BY price DESC LIMIT 2',
    [
      { name: 'Ada', price: 5.5 },
      { name: 'Ada', price: 4 },
    ],
  ],
  [
    'groups',
    'SELECT person, SUM(price) AS total, COUNT(*) n FROM input2 GROUP BY person HAVING total > 3 ORDER BY total',
    [{ person: '1', total: 9.5, n: 2 }],
  ],
  [
    'booleans, also under another name',
    'SELECT active, active AS on_ FROM input1 WHERE active = false',
    [{ active: false, on_: false }],
  ],
  ['nested values', 'SELECT home FROM input1 WHERE id = 1', [{ home: people[0]!.home! }]],
  [
    'a part of a nested value',
    "SELECT home->city AS city, home -> tags->0 AS tag, home->tags AS tags, '->x' AS text FROM input1 WHERE id = 1",
    [{ city: 'London', tag: 'a', tags: ['a', 'b'], text: '->x' }],
  ],
  [
    'two columns of one name: the last that holds something',
    'SELECT * FROM input1 LEFT JOIN input2 ON input1.id = input2.person AND price = 3 WHERE input1.id > 1',
    [
      { ...people[1], ...orders[2], Note: null },
      { ...people[2], home: null, person: null, price: null, Note: null },
    ],
  ],
  [
    'columns of one table',
    'SELECT input1.*, price FROM input1, input2 WHERE price = 3 AND name = "Ada"',
    [{ ...people[0], price: 3 }],
  ],
  ['several queries', 'SELECT 1 AS a; -- then\nSELECT 2 AS a;', [{ a: 1 }, { a: 2 }]],
  ['WITH', 'WITH t AS (SELECT max(price) AS p FROM input2) SELECT p FROM t', [{ p: 5.5 }]],
  [
    'JSON made by the query',
    'SELECT json_group_array(name) AS names FROM input1',
    [{ names: ['Ada', 'Alan', 'Grace'] }],
  ],
  [
    'functions that SQLite lacks',
    "SELECT LEN('abc') AS l, YEAR('2026-02-03') AS y, MONTH('2026-02-03') AS m, 'abc' REGEXP '^a.c$' AS r, ARRAY(id) AS ids FROM input1",
    [{ l: 3, y: 2026, m: 2, r: 1, ids: [1, 2, 3] }],
  ],
])('%s', async (_name, query, expected) => expect(await ask(query)).toEqual(expected));

test('text that looks like JSON stays text', async () => {
  const json = { a: '{"x":1}', b: '[1', c: { d: 1 } };
  expect(await ask('SELECT * FROM input1', { input1: [json, { c: '[2' }] })).toEqual([
    json,
    { a: null, b: null, c: '[2' },
  ]);
});

test('keys that differ only in case, odd keys and those of prototypes', async () => {
  const json = JSON.parse('{"Id":1,"id":2,"a \\"b\\" c":3,"__proto__":{"x":1},"constructor":4}');
  expect(await ask('SELECT * FROM input1', { input1: [json] })).toEqual([
    { Id: 1, id_2: 2, 'a "b" c': 3, constructor: 4 },
  ]);
  expect(await ask('SELECT 1 AS "__proto__"')).toEqual([{}]);
});

test('fields without a value are left out when asked for, but not a null of the items', async () => {
  const rows = await ask('SELECT * FROM input1 WHERE id > 1', undefined, { omitEmpty: true });
  expect(rows).toEqual(people.slice(1));
});

describe('an input without items', () => {
  const inputs = { input1: people.slice(0, 1), input2: [], input3: [] };

  test('is a table without rows, whatever columns are asked of it', async () => {
    const query =
      'SELECT * FROM input1 LEFT JOIN input2 AS b ON input1.id = b.person LEFT JOIN input3 ON input3.x = 1';
    expect(await ask(query, inputs, { omitEmpty: true })).toEqual([people[0]]);
    expect(await ask('SELECT * FROM input2', inputs)).toEqual([]);
    expect(await ask('SELECT count(*) AS n FROM input3', inputs)).toEqual([{ n: 0 }]);
  });

  test('may give an item that says so', async () => {
    expect(await ask('SELECT * FROM input2', inputs, { successItem: true })).toEqual([{ success: true }]);
  });
});

test('items without fields count', async () => {
  expect(await ask('SELECT count(*) AS n FROM input1', { input1: [{}, {}] })).toEqual([{ n: 2 }]);
  expect(await ask('SELECT * FROM input1', { input1: [{}] })).toEqual([{}]);
});

test.each([
  ['SELEC 1', 'near "SELEC": syntax error'],
  ['SELECT nme FROM input1', 'no column “nme”'],
  ['SELECT 1 FROM input7', 'no table “input7”'],
  ['SELECT * FROM input1 WHERE', 'ends too early'],
  ['', 'must not be empty'],
  ['DROP TABLE input1', 'must begin with SELECT'],
  ["/* SELECT */ ATTACH 'x' AS y", 'must begin with SELECT'],
  ['SELECT 1; PRAGMA query_only=OFF', 'must begin with SELECT'],
  ["VACUUM INTO 'x'", 'must begin with SELECT'],
  ['WITH t AS (SELECT 1) DELETE FROM input1', 'mistake'],
  ["SELECT load_extension('x')", 'no such function'],
  ["SELECT 'a' REGEXP '('", 'mistake'],
])('says what is wrong with %j', async (query, message) => {
  await expect(ask(query)).rejects.toMatchObject({
    data: { kind: 'config', field: 'query', message: expect.stringContaining(message) },
  });
});

test('names the columns there are', async () => {
  await expect(
    ask('SELECT nme FROM input1', { input1: [{ id: 1, name: 'Ada' }], input2: [{ x: 1 }] }),
  ).rejects.toMatchObject({
    data: { detail: 'input1 has id, name; input2 has x.' },
  });
});

describe('a query that never ends', () => {
  const COUNT = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)';
  const work = (query: string) => ({ query, inputs: [], omitEmpty: false, now: 0, seed: 0 });
  const signal = new AbortController().signal;

  test('is ended', async () => {
    await expect(bySql(work(`${COUNT} SELECT max(n) FROM c`), signal, 500)).rejects.toMatchObject({
      data: { kind: 'limit', field: 'query' },
    });
    expect(await bySql(work('SELECT 1 AS a'), signal)).toEqual([{ a: 1 }]);
  });

  test.each([
    ['in its rows', `${COUNT} SELECT printf('%1000000d', n) AS x FROM c`],
    ['in its memory', `${COUNT} SELECT n FROM c ORDER BY printf('%100000d', n)`],
    ['in one value', "SELECT length(group_concat(zeroblob(100000000), '')) FROM (VALUES (1), (2), (3), (4))"],
  ])('is ended by what it takes up %s', async (_where, query) => {
    await expect(bySql(work(query), signal)).rejects.toMatchObject({ data: { kind: 'limit' } });
    expect(await bySql(work('SELECT 1 AS a'), signal)).toEqual([{ a: 1 }]);
  });

  test('is ended with its execution', async () => {
    const stop = new AbortController();
    const asked = bySql(work(`${COUNT} SELECT max(n) FROM c`), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });
});

test('gives the same when it is repeated', async () => {
  const once = () =>
    bySql(
      {
        query: "SELECT random() AS r, hex(randomblob(4)) AS b, datetime('now') AS d, NOW() AS n",
        inputs: [],
        omitEmpty: false,
        now: Date.UTC(2026, 0, 2, 3, 4, 5),
        seed: 0.5,
      },
      new AbortController().signal,
    );
  const [row] = await once();
  expect(row).toMatchObject({ d: '2026-01-02 03:04:05', n: '2026-01-02T03:04:05.000Z' });
  expect(await once()).toEqual([row]);
});

test('has as many inputs as it is told to', () => {
  expect(inputCount({ mode: 'sql', inputs: 4 })).toBe(4);
});

test('n8n: combine by SQL', () => {
  const made = (version: number, parameters: JsonObject) =>
    importNode('merge', version, { mode: 'combineBySql', ...parameters });
  expect(made(3, { query: '=SELECT {{ 1 }}', numberInputs: 3 })).toEqual({
    type: 'merge',
    status: 'mapped',
    parameters: {
      mode: 'sql',
      inputs: 3,
      query: 'SELECT {{ 1 }}',
      options: { omitEmpty: true, successItem: true },
    },
  });
  expect(made(3.2, {}).parameters).toMatchObject({
    query: 'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id',
    options: { omitEmpty: true },
  });
  expect(made(3.2, { options: { emptyQueryResult: 'success' } }).parameters).toMatchObject({
    options: { successItem: true },
  });
});
