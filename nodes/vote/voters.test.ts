import { describe, expect, test } from 'vitest';
import type { JsonObject, PortItems } from '#engine/item.ts';
import { runNode, toItems } from '../testing.ts';
import { voteNode } from './execute.ts';

const run = async (parameters: JsonObject, inputs: PortItems) => {
  const result = await runNode(voteNode, { parameters: { choice: 'choice', ...parameters }, inputs });
  const item = result.outputs.decided![0] ?? result.outputs.undecided![0]!;
  return { json: item.json, source: item.source, reason: item.json.reason };
};
const votes = toItems({ choice: 'a', s: 1, w: 1 }, { choice: 'b', s: 3, w: 5 }, { choice: 'a', s: 2, w: 1 });

describe('voters', () => {
  test('are the items, of one input', async () => {
    const { json, source } = await run({ voters: 'items', inputs: 1 }, { input1: votes });
    expect(json).toMatchObject({ decision: 'a', total: 3 });
    expect(json.breakdown).toMatchObject([
      { voter: 'Item 1', input: 'input1', item: 0 },
      { voter: 'Item 2', item: 1 },
      { voter: 'Item 3', item: 2 },
    ]);
    expect(source).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
  });

  test('are the items of all inputs, which share the weight of their input', async () => {
    const inputs = { input1: votes.slice(1), input2: [], input3: votes.slice(0, 1) };
    const parameters = { method: 'weighted', inputWeights: [{ weight: 3 }, { weight: 9 }], threshold: 0 };
    const { json, source } = await run(
      { voters: 'items', inputs: 3, missing: 'fail', ...parameters },
      inputs,
    );
    expect(json).toMatchObject({ decision: 'a', total: 3, tally: [{ weight: 4 }, { weight: 3 }] });
    expect(json.breakdown).toMatchObject([{}, {}, { voter: 'Input 3, item 1', input: 'input3', item: 0 }]);
    expect(source).toEqual([{ item: 0 }, { item: 1 }, { item: 0, port: 'input3' }]);
  });

  test.each([
    ['first', 'a', 0],
    ['last', 'b', 1],
  ])('of an input with several items: the %s', async (several, decision, item) => {
    const { json, source } = await run({ several, inputs: 1 }, { input1: votes.slice(0, 2) });
    expect(json).toMatchObject({ decision, total: 1, breakdown: [{ item }] });
    expect(source).toEqual([{ item }]);
  });

  test('are read by expressions on every input alike', async () => {
    const inputs = { input1: toItems({ by: 'x', v: 1 }), input2: toItems({ by: 'y', v: 2 }), input3: [] };
    const { json } = await run(
      {
        ...{ inputs: 3, choice: "{{ $json.v > 1 ? 'high' : 'low' }}", voterName: 'Agent {{ $json.by }}' },
        ...{
          method: 'weighted',
          weights: 'field',
          weight: '{{ $json.v * 2 }}',
          score: '{{ $itemIndex + 1 }}',
        },
      },
      inputs,
    );
    expect(json).toMatchObject({
      decision: 'high',
      breakdown: [
        { voter: 'Agent x', choice: 'low', weight: 2, score: 1 },
        { voter: 'Agent y', choice: 'high', weight: 4, score: 1 },
        { voter: 'Input 3', counted: false },
      ],
    });
  });

  test('may be many', async () => {
    const items = toItems(
      ...Array.from({ length: 20_000 }, (_, i) => ({ choice: `c${i % 7}`, s: 0.5, n: i })),
    );
    const many = { voters: 'items', inputs: 1 };
    const first = await run({ ...many, tie: 'first', score: 's' }, { input1: items });
    expect(first.json).toMatchObject({ decision: 'c0', total: 20_000 });
    expect((await run({ ...many, method: 'median', number: 'n' }, { input1: items })).json.decision).toBe(
      9999.5,
    );
    const expression = '{{ $votes.filter(v => v.item % 2).length }}';
    const counted = await run({ ...many, method: 'expression', expression }, { input1: items });
    expect(counted.json.decision).toBe(10_000);
  });
});

describe('an expression', () => {
  const own = (expression: string, more: JsonObject = {}) =>
    run(
      { voters: 'items', inputs: 1, score: 's', method: 'expression', expression, ...more },
      { input1: [...votes, ...toItems({})] },
    );

  test.each<[string, string, unknown, number | null]>([
    ['votes', "{{ $votes.some(v => v.score > 2) ? 'B' : 'hold' }}", 'B', 1],
    ['the tally', '{{ $tally[0].choice }}', 'a', 1],
    ['the total', '{{ $total }}', 3, null],
    ['whole items', '{{ $votes.map(v => v.json.w).sum() }}', 7, null],
    ['without braces', '$votes.length * 2', 6, null],
    ['text around', 'go {{ $tally[1].choice }}', 'go b', null],
    ['with a confidence', '{{ ({ decision: "b", confidence: 0.25 }) }}', 'b', 0.25],
    ['false', '{{ $total > 99 }}', false, null],
  ])('sees and gives %s', async (_name, expression, decision, confidence) => {
    const { json } = await own(expression);
    expect([json.decision, json.confidence]).toEqual([decision, confidence]);
    expect(json).toMatchObject({ method: 'expression', total: 3, tally: [{ choice: 'a', votes: 2 }, {}] });
  });

  test('uses weights', async () => {
    const { json } = await own('{{ $tally[0].choice }}', { weights: 'field', weight: 'w' });
    expect(json).toMatchObject({ decision: 'b', tally: [{ weight: 5 }, { weight: 2 }] });
  });

  test('may leave it undecided, and say why', async () => {
    expect((await own('{{ null }}')).reason).toBe('The expression gave no decision.');
    const why = await own('{{ ({ decision: null, reason: "too close" }) }}', { fallback: 'wait' });
    expect([why.reason, why.json.decision]).toEqual(['too close', 'wait']);
    expect((await own('{{ 1 }}', { quorum: 4 })).reason).toBe('No quorum: 3 voted, 4 needed.');
  });

  test.each([
    ['{{ $votes[ }}', ''],
    ["{{ $('Nowhere').first() }}", 'Nowhere'],
    ['{{ ({ decision: 1, confidence: "high" }) }}', 'must be a number'],
  ])('that is wrong names its field: %s', async (expression, message) => {
    await expect(own(expression)).rejects.toMatchObject({
      data: { kind: 'config', field: 'expression', message: expect.stringContaining(message) },
    });
  });
});
