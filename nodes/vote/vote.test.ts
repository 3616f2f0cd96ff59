import { describe, expect, test } from 'vitest';
import type { JsonObject, PortItems } from '#engine/item.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { vote as definition, inputPort } from './definition.ts';
import { voteNode } from './execute.ts';

/** One item per input; undefined: nothing arrived there. */
const ports = (...jsons: (JsonObject | undefined)[]): PortItems =>
  Object.fromEntries(jsons.map((json, i) => [inputPort(i), json ? toItems(json) : []]));
const choices = (...list: unknown[]) => ports(...list.map((choice) => ({ choice })));
async function run(parameters: JsonObject, inputs: PortItems) {
  const all = { choice: 'choice', inputs: Object.keys(inputs).length, ...parameters };
  const result = await runNode(voteNode, { parameters: all, inputs });
  const port = result.outputs.decided!.length > 0 ? 'decided' : 'undecided';
  return { port, json: jsonOf(result, port)[0]!, items: result.outputs[port]! };
}
const failure = (parameters: JsonObject, inputs: PortItems) =>
  run(parameters, inputs).then(
    () => expect.unreachable(),
    (error) => error.data,
  );
const weights = (...list: number[]) => ({ inputWeights: list.map((weight) => ({ weight })) });

test('gives the worked example of its sample', async () => {
  const { json, items, port } = await run(
    {
      ...{ method: 'weighted', threshold: 60, choice: 'signal', score: 'confidence', voterName: 'name' },
      ...weights(2, 1, 1),
    },
    ports(
      { name: 'Trend', signal: 'buy', confidence: 0.9 },
      { name: 'Momentum', signal: 'sell', confidence: '0.6' },
      { name: 'Volume', signal: ' BUY ', confidence: 0.7 },
    ),
  );
  const [sample] = definition.operations.default!.sample;
  const breakdown = (sample!.json.breakdown as JsonObject[]).with(2, {
    ...(sample!.json.breakdown as JsonObject[])[2],
    choice: ' BUY ',
  });
  expect(json).toEqual({ ...sample!.json, breakdown });
  expect(port).toBe('decided');
  expect(items[0]!.source).toEqual([{ item: 0 }, { item: 0, port: 'input2' }, { item: 0, port: 'input3' }]);
});

const MOST = { method: 'majority' };
const HALF = { method: 'majority', moreThanHalf: true };
const WEIGHT = { method: 'weighted' };
const ALL = { method: 'consensus' };
const scored = ports({ choice: 'a', s: 0.2 }, { choice: 'b', s: 0.9 }, { choice: 'c' });

describe('choices', () => {
  test.each<[string, JsonObject, PortItems, unknown, string?]>([
    ['one voter', MOST, choices('a'), 'a'],
    ['the most votes', MOST, choices('a', 'b', 'b'), 'b'],
    ['a plurality', MOST, choices('a', 'b', 'b', 'c', 'd'), 'b'],
    [
      'not more than half',
      HALF,
      choices('a', 'b', 'a', 'c'),
      null,
      '“a” has 2 of 4 votes: not more than half.',
    ],
    ['more than half', HALF, choices('a', 'b', 'a'), 'a'],
    [
      'abstentions against half',
      { ...HALF, missing: 'abstain' },
      choices('a', 'a', null, ''),
      null,
      '“a” has 2 of 4',
    ],
    ['missing ones ignored', HALF, choices('a', 'a', null, ' ', Number.NaN), 'a'],
    ['an input without items ignored', HALF, ports({ choice: 'a' }, undefined), 'a'],
    ['a tie', MOST, choices('a', 'b', 'c', 'b', 'a'), null, 'Tie between “a” and “b”.'],
    ['a tie, first', { ...MOST, tie: 'first' }, choices('c', 'b', 'a', 'b', 'a'), 'b'],
    ['a tie, confidence', { ...MOST, tie: 'confidence', score: 's' }, scored, 'b'],
    ['a tie, nobody sure', { ...MOST, tie: 'confidence' }, scored, null, 'Tie between “a” and “b” and “c”.'],
    ['false and 0 are votes', MOST, choices(false, 0, false), false],
    ['numbers and their text are one', MOST, choices(1, '1', 2), 1],
    ['objects whatever their order', MOST, choices({ x: 1, y: 2 }, 'b', { y: 2, x: 1 }), { x: 1, y: 2 }],
    ['case that matters', { ...MOST, matchCase: true }, choices('A', 'a'), null, 'Tie'],
    ['case that does not', MOST, choices('A', 'a'), 'A'],
    ['names of prototypes', MOST, choices('__proto__', 'constructor', '__proto__'), '__proto__'],
    ['the quorum met', { ...MOST, quorum: 2 }, choices('a', 'a', null), 'a'],
    ['no quorum', { ...MOST, quorum: 3 }, choices('a', 'a', null), null, 'No quorum: 2 voted, 3 needed.'],
    [
      'abstentions and quorum',
      { ...MOST, quorum: 2, missing: 'abstain' },
      choices('a', null),
      null,
      'No quorum',
    ],
    ['nobody at all', MOST, ports(undefined, undefined), null, 'No quorum: 0 voted, 1 needed.'],
    ['the heaviest', { ...WEIGHT, ...weights(3) }, choices('a', 'b', 'b'), 'a'],
    [
      'just the threshold',
      { ...WEIGHT, threshold: 60, ...weights(0.3, 0.2) },
      ports({ choice: 'a' }, { choice: 'b' }),
      'a',
    ],
    [
      'below the threshold',
      { ...WEIGHT, threshold: 61, ...weights(3, 2) },
      choices('a', 'b'),
      null,
      '“a” has 60 % of the weight: 61 % needed.',
    ],
    ['threshold 0', { ...WEIGHT, threshold: 0, ...weights(4, 3, 3) }, choices('a', 'b', 'c'), 'a'],
    ['a tie of fractions', { ...WEIGHT, ...weights(0.1, 0.2, 0.3) }, choices('a', 'a', 'b'), null, 'Tie'],
    [
      'a tie of fractions, first',
      { ...WEIGHT, tie: 'first', ...weights(0.1, 0.2, 0.3) },
      choices('a', 'a', 'b'),
      'a',
    ],
    ['a voter without weight', { ...WEIGHT, ...weights(0, 1) }, choices('a', 'b'), 'b'],
    [
      'no weight at all',
      { ...WEIGHT, threshold: 0, ...weights(0, 0) },
      choices('a', 'b'),
      null,
      'The weights add up to 0.',
    ],
    [
      'weights of items',
      { ...WEIGHT, weights: 'field', weight: 'w' },
      ports({ choice: 'a', w: '3' }, { choice: 'b' }, { choice: 'b', w: 1 }),
      'a',
    ],
    ['weights that majority does not know', { ...MOST, ...weights(9) }, choices('a', 'b', 'b'), 'b'],
    ['consensus', ALL, choices('a', 'a'), 'a'],
    ['consensus of one', ALL, choices('a'), 'a'],
    ['no consensus', ALL, choices('a', 'a', 'b'), null, '“a” has 2 of 3 votes (66.7 %): 100 % must agree.'],
    ['enough agree', { ...ALL, agreement: 75 }, choices('a', 'a', 'b', 'a'), 'a'],
    ['thirds that are rounded', { ...ALL, agreement: 66.666666666667 }, choices('a', 'a', 'b'), 'a'],
    ['consensus with an abstention', { ...ALL, missing: 'abstain' }, choices('a', null), null, '(50 %)'],
    ['a choice instead of none', { ...ALL, fallback: 'hold' }, choices('a', 'b'), 'hold', 'must agree'],
  ])('%s', async (_name, parameters, inputs, decision, reason) => {
    const { json, port } = await run(parameters, inputs);
    expect(json.decision).toEqual(decision);
    expect(port).toBe(reason === undefined ? 'decided' : 'undecided');
    if (reason === undefined) expect(json).not.toHaveProperty('reason');
    else expect(json.reason).toContain(reason);
  });

  test('tell of voters without a vote why', async () => {
    const { json } = await run({ missing: 'abstain' }, ports({ choice: 'a' }, { x: 1 }, undefined));
    expect(json.total).toBe(3);
    expect(json.breakdown).toMatchObject([
      { voter: 'Input 1', choice: 'a', counted: true },
      { voter: 'Input 2', item: 0, choice: null, counted: true, reason: 'abstains: “choice” is empty' },
      { voter: 'Input 3', item: null, weight: 1, reason: 'abstains: nothing arrived' },
    ]);
    const ignored = await run({}, ports({ choice: 'a' }, undefined));
    expect(ignored.json).toMatchObject({ total: 1, confidence: 1 });
    expect(ignored.json.breakdown).toMatchObject([{}, { counted: false, weight: 0 }]);
  });

  test('have the share as confidence when nobody said how sure he is', async () => {
    expect((await run({}, choices('a', 'a', 'b'))).json.confidence).toBeCloseTo(2 / 3);
    expect((await run({ score: 's' }, scored)).json.confidence).toBe(0);
  });
});

const MEAN = { method: 'average', number: 'n' };
const numbers = (...list: unknown[]) => ports(...list.map((n) => ({ n })));

describe('averages', () => {
  test.each<[string, JsonObject, PortItems, unknown]>([
    ['mean', MEAN, numbers(1, '2', 6), 3],
    ['mean without noise', MEAN, numbers(0.1, 0.2, 0.3), 0.2],
    ['mean of one', MEAN, numbers(-7), -7],
    ['mean without the missing', MEAN, numbers(4, null, '', 8), 6],
    ['mean, abstentions too', { ...MEAN, missing: 'abstain' }, numbers(4, null), 4],
    ['clamped below', { ...MEAN, min: 5 }, numbers(1, 2), 5],
    ['clamped above', { ...MEAN, min: 0, max: 1 }, numbers(1, 2), 1],
    ['weighted', { ...MEAN, method: 'weighted-average', ...weights(3, 1) }, numbers(1, 5), 2],
    ['weighted by nothing', { ...MEAN, method: 'weighted-average', ...weights(0, 0) }, numbers(1, 5), null],
    ['median, odd', { ...MEAN, method: 'median' }, numbers(100, 1, 9), 9],
    ['median, even', { ...MEAN, method: 'median' }, numbers(10, 1, 2, 3), 2.5],
    ['median of none', { ...MEAN, method: 'median' }, numbers(null), null],
    ['zero', MEAN, numbers(1, -1), 0],
  ])('%s', async (_name, parameters, inputs, decision) => {
    const { json, port } = await run(parameters, inputs);
    expect([json.decision, port]).toEqual([decision, decision === null ? 'undecided' : 'decided']);
    expect(json.tally).toEqual([]);
  });

  test('know how sure the voters are', async () => {
    const inputs = ports({ n: 1, s: 0.5 }, { n: 5, s: 0.9 }, { n: 6 });
    const parameters = { ...MEAN, score: 's', ...weights(3, 1) };
    expect((await run(parameters, inputs)).json.confidence).toBe(0.7);
    expect((await run({ ...parameters, method: 'weighted-average' }, inputs)).json.confidence).toBe(0.6);
    expect((await run(MEAN, inputs)).json.confidence).toBeNull();
  });
});

describe('failures', () => {
  test.each<[string, JsonObject, PortItems, string, string, number?]>([
    [
      'score',
      { score: 's' },
      ports({ choice: 'a' }, { choice: 'a', s: 'high' }),
      'score',
      '“Confidence” of Input 2 must be a number, but got "high".',
    ],
    ['score NaN', { score: 's' }, ports({ choice: 'a', s: Number.NaN }), 'score', 'but got NaN', 0],
    ['score true', { score: 's' }, ports({ choice: 'a', s: true }), 'score', 'but got true', 0],
    [
      'weight',
      { ...WEIGHT, weights: 'field', weight: 'w' },
      ports({ choice: 'a', w: [1] }),
      'weight',
      '“Weight” of Input 1 must be a number',
      0,
    ],
    [
      'negative',
      { ...WEIGHT, weights: 'field', weight: 'w' },
      ports({ choice: 'a', w: -1 }),
      'weight',
      'must not be less than 0, but got -1',
    ],
    [
      'infinite',
      { ...WEIGHT, weights: 'field', weight: 'w' },
      ports({ choice: 'a', w: 'Infinity' }),
      'weight',
      'must be a number',
    ],
    [
      'too heavy',
      { ...WEIGHT, weights: 'field', weight: 'w' },
      ports({ choice: 'a', w: 1e308 }, { choice: 'b', w: 1e308 }),
      'weights',
      'more than a number can hold',
    ],
    [
      'negative in the list',
      { ...WEIGHT, ...weights(1, -2) },
      choices('a', 'b'),
      'inputWeights.1.weight',
      'Weights of the inputs',
    ],
    ['number', MEAN, numbers(1, {}), 'number', '“Number” of Input 2 must be a number, but got {}.'],
    ['numbers too big', MEAN, numbers(1.7e308, 1.7e308), 'number', 'more than a number can hold'],
    ['limits the wrong way', { ...MEAN, min: 2, max: 1 }, numbers(1), 'min', 'greater than'],
    [
      'missing',
      { missing: 'fail' },
      choices('a', undefined),
      'choice',
      'Input 2 has no vote: “choice” is empty.',
    ],
    [
      'missing input',
      { missing: 'fail' },
      ports({ choice: 'a' }, undefined),
      'choice',
      'Input 2 has no vote: nothing arrived.',
    ],
    ['several', { several: 'fail' }, { input1: toItems({}, {}) }, 'several', 'Input 1 brought 2 items'],
    ['no choice field', { choice: '' }, choices('a'), 'choice', '“Choice” must not be empty'],
    [
      'template',
      { choice: "{{ $json.choice ?? $('Nowhere').first() }}" },
      ports({ choice: 'a' }, {}),
      'choice',
      'Input 2: ',
    ],
    ['half a template', { choice: '{{ $json. }}' }, choices('a'), 'choice', 'Input 1: '],
  ])('%s', async (_name, parameters, inputs, field, message, itemIndex) => {
    const data = await failure(parameters, inputs);
    expect(data).toMatchObject({ kind: 'config', field });
    expect(data.message).toContain(message);
    if (itemIndex !== undefined) expect(data.itemIndex).toBe(itemIndex);
  });
});
