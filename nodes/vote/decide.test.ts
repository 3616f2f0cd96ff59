import { describe, expect, test } from 'vitest';
import type { JsonObject, PortItems } from '#engine/item.ts';
import { choices, ports, run, weights } from './testing.ts';

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
