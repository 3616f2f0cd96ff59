import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { debugHelperNode } from './execute.ts';

const run = (parameters: JsonObject, more: { items?: JsonObject[]; code?: () => unknown } = {}) =>
  runNode(debugHelperNode, { parameters, ...more });

test.each([
  [
    'user',
    {
      email: expect.stringMatching(/^[a-z]+\.[a-z]+@example\.(com|net|org)$/),
      firstname: expect.any(String),
    },
  ],
  ['address', { city: expect.any(String), zip: expect.stringMatching(/^\d{5}$/) }],
  ['email', { email: expect.stringContaining('@example.'), confirmed: expect.any(Boolean) }],
  ['location', { latitude: expect.any(Number), longitude: expect.any(Number) }],
  ['url', { url: expect.stringMatching(/^https:\/\/example\.\w+\/\w+$/) }],
  ['ipv4', { ip: expect.stringMatching(/^(\d{1,3}\.){3}\d{1,3}$/) }],
  ['ipv6', { ipv6: expect.stringMatching(/^([0-9a-f]{4}:){7}[0-9a-f]{4}$/) }],
  ['mac', { mac: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/) }],
  [
    'uuid',
    { uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) },
  ],
  ['version', { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) }],
])('invents %s', async (kind, expected) => {
  const made = jsonOf(await run({ kind, count: 20, options: { seed: 'x' } }));
  expect(made).toHaveLength(20);
  for (const json of made) expect(json).toMatchObject(expected);
});

test('card numbers have a right last digit', async () => {
  for (const { number } of jsonOf(await run({ kind: 'creditCard', count: 50, options: { seed: 's' } }))) {
    const digits = [...String(number)].map(Number);
    expect(digits).toHaveLength(16);
    const sum = digits.reduce(
      (total, digit, n) => total + (n % 2 === 0 ? ((digit * 2) % 10) + (digit > 4 ? 1 : 0) : digit),
      0,
    );
    expect(sum % 10).toBe(0);
  }
});

test('the same seed gives the same data, another one other data', async () => {
  const ids = async (seed: string) =>
    jsonOf(await run({ kind: 'nanoid', alphabet: 'ab', length: 30, count: 3, options: { seed } }));
  expect(await ids('one')).toEqual(await ids('one'));
  expect(await ids('one')).not.toEqual(await ids('two'));
  for (const { nanoId } of await ids('one')) expect(nanoId).toMatch(/^[ab]{30}$/);
});

test('makes data for every item, as items or as one list', async () => {
  const items = [{ a: 1 }, { a: 2 }];
  const { outputs } = await run({ count: 2 }, { items });
  expect(outputs.main!.map(({ source }) => source)).toEqual([
    { item: 0 },
    { item: 0 },
    { item: 1 },
    { item: 1 },
  ]);
  const one = jsonOf(await run({ count: 2, options: { oneItem: true } }));
  expect(one).toEqual([{ generatedItems: [expect.any(Object), expect.any(Object)] }]);
});

test('stops before too many items fill the memory', async () => {
  const items = Array.from({ length: 200 }, () => ({}));
  await expect(run({ kind: 'version', count: 10_000 }, { items })).rejects.toMatchObject({
    data: { kind: 'limit' },
  });
});

test('fails with the message, and is not tried again', async () => {
  await expect(run({ operation: 'fail', message: 'Oh no' })).rejects.toMatchObject({
    data: { kind: 'stopped', message: 'Oh no', retryable: false },
  });
});

test('uses memory in the sandbox only', async () => {
  let source = '';
  const code = (request?: { source: string }) => {
    source = request?.source ?? '';
    return [];
  };
  expect(
    jsonOf(
      await run({ operation: 'memory', megabytes: 7 }, { items: [{ a: 1 }], code: code as () => unknown }),
    ),
  ).toEqual([{ a: 1 }]);
  expect(source).toContain('n < 7;');
});

test('does nothing', async () => {
  expect((await run({ operation: 'nothing' }, { items: [{ a: 1 }] })).outputs.main).toEqual([
    { json: { a: 1 }, source: { item: 0 } },
  ]);
});

test('n8n: its categories', () => {
  const of = (parameters: JsonObject) => importNode('debugHelper', 1, parameters).parameters;
  expect(of({ category: 'doNothing' })).toEqual({ operation: 'nothing' });
  expect(of({ category: 'throwError', throwErrorMessage: 'x' })).toEqual({ operation: 'fail', message: 'x' });
  expect(of({ category: 'oom', memorySizeValue: 5 })).toEqual({ operation: 'memory', megabytes: 5 });
  expect(
    of({
      category: 'randomData',
      randomDataType: 'latLong',
      randomDataCount: 3,
      randomDataSeed: 's',
      randomDataSingleArray: true,
    }),
  ).toEqual({ operation: 'random', kind: 'location', count: 3, options: { seed: 's', oneItem: true } });
  expect(
    of({ category: 'randomData', randomDataType: 'nanoid', nanoidAlphabet: 'ab', nanoidLength: '5' }),
  ).toMatchObject({
    kind: 'nanoid',
    alphabet: 'ab',
    length: '5',
  });
});
