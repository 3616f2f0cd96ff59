import { describe, expect, test } from 'vitest';
import type { JsonObject, PortItems } from '#engine/item.ts';
import { toItems } from '../testing.ts';
import { vote as definition } from './definition.ts';
import { choices, failure, numbers, ports, run, weights } from './testing.ts';

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

const MEAN = { method: 'average', number: 'n' };

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

const BY_ITEM = { method: 'weighted', weights: 'field', weight: 'w' };

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
    ['weight', BY_ITEM, ports({ choice: 'a', w: [1] }), 'weight', '“Weight” of Input 1 must be a number', 0],
    ['negative', BY_ITEM, ports({ choice: 'a', w: -1 }), 'weight', 'must not be less than 0, but got -1'],
    ['infinite', BY_ITEM, ports({ choice: 'a', w: 'Infinity' }), 'weight', 'must be a number'],
    [
      'too heavy',
      BY_ITEM,
      ports({ choice: 'a', w: 1e308 }, { choice: 'b', w: 1e308 }),
      'weights',
      'more than a number can hold',
    ],
    [
      'negative in the list',
      { method: 'weighted', ...weights(1, -2) },
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
