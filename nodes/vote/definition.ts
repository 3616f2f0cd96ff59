import type { Port } from '#engine/node.ts';
import { defineNode, operation } from '../define.ts';
import { field, type TextField } from '../fields.ts';
import { portCount } from '../ports.ts';

const BY_CHOICE = ['majority', 'weighted', 'consensus'] as const;
const AVERAGES = ['average', 'weighted-average', 'median'] as const;
const WEIGHTED = ['weighted', 'weighted-average', 'expression'] as const;
/** Read from every voter’s item, whichever input it came by: literal for the engine, which knows only the first input. */
const perVoter = (label: string, example: string, more: string, showIf?: TextField['showIf']) =>
  field.text({
    label,
    help: `A field name such as ${example}, or an expression with the voter’s item as $json. ${more}`,
    placeholder: example,
    template: false,
    ...(showIf ? { showIf, required: true } : {}),
  });
export const inputPort = (index: number) => `input${index + 1}`;
export const inputCount = (parameters: Record<string, unknown>) => portCount(parameters.inputs, 2, 1, 10);

const sampleVote = (voter: string, input: number, choice: string, score: number, weight: number) => ({
  ...{ voter, input: inputPort(input - 1), item: 0 },
  ...{ choice, score, weight, counted: true },
});
/** Three indicators, the first with weight 2. What they were given stands in vote.test.ts. */
const SAMPLE = {
  json: {
    ...{ decision: 'buy', method: 'weighted', confidence: 0.625, total: 3 },
    breakdown: [
      sampleVote('Trend', 1, 'buy', 0.9, 2),
      sampleVote('Momentum', 2, 'sell', 0.6, 1),
      sampleVote('Volume', 3, 'buy', 0.7, 1),
    ],
    tally: [
      { choice: 'buy', votes: 2, weight: 3, share: 0.75 },
      { choice: 'sell', votes: 1, weight: 1, share: 0.25 },
    ],
  },
};

export const vote = defineNode({
  type: 'vote',
  version: 1,
  kind: 'logic',
  name: 'Vote',
  category: 'Logic',
  description: 'Makes one decision out of several answers, and shows who voted for what.',
  search: [
    ...['aggregator', 'consensus', 'majority', 'weighted', 'average', 'median', 'quorum', 'ensemble'],
    ...['poll', 'decide', 'signals', 'agree', 'ballot', 'join'],
  ],
  icon: 'vote',
  color: 'amber',
  operations: {
    default: operation({
      label: 'Vote',
      summary: 'Waits for all voters and gives one item with their decision and a breakdown.',
      effect: 'pure',
      fields: {
        voters: field.select({
          label: 'Voters',
          options: [
            { value: 'inputs', label: 'Each input is a voter', help: 'One branch, one vote.' },
            { value: 'items', label: 'Each item is a voter', help: 'All items of all inputs vote.' },
          ],
          default: 'inputs',
        }),
        inputs: field.number({
          label: 'Number of inputs',
          help: 'The node waits for every input that can still come.',
          ...{ default: 2, min: 1, max: 10, integer: true, template: false },
        }),
        several: field.select({
          label: 'When an input brings several items',
          options: [
            { value: 'first', label: 'The first one votes' },
            { value: 'last', label: 'The last one votes' },
            { value: 'fail', label: 'Fail' },
          ],
          default: 'first',
          showIf: { voters: ['inputs'] },
        }),
        method: field.select({
          label: 'Method',
          options: [
            { value: 'majority', label: 'Majority', help: 'Every voter has one vote; most votes win.' },
            { value: 'weighted', label: 'Weighted vote', help: 'The choice with the most weight wins.' },
            { value: 'consensus', label: 'Consensus', help: 'All, or enough of them, must agree.' },
            { value: 'average', label: 'Average', help: 'The mean of a number.' },
            { value: 'weighted-average', label: 'Weighted average' },
            { value: 'median', label: 'Median', help: 'The number in the middle; outliers do not matter.' },
            { value: 'expression', label: 'Expression', help: 'Your own rule over all votes.' },
          ],
          default: 'majority',
        }),
        choice: perVoter('Choice', 'signal', 'What the voter votes for.', {
          method: [...BY_CHOICE, 'expression'],
        }),
        number: perVoter('Number', 'price', 'What is averaged.', { method: AVERAGES }),
        score: perVoter('Confidence', 'confidence', 'Optional; scales the result’s, settles ties.'),
        moreThanHalf: field.boolean({
          label: 'Needs more than half',
          help: 'Of all votes, abstentions included. Otherwise the most votes are enough.',
          showIf: { method: ['majority'] },
        }),
        threshold: field.number({
          ...{ label: 'Needed share of the weight (%)', default: 50, min: 0, max: 100 },
          help: 'The winner needs at least this share; 0 lets the heaviest choice win.',
          showIf: { method: ['weighted'] },
        }),
        agreement: field.number({
          ...{ label: 'Needed agreement (%)', default: 100, min: 0, max: 100 },
          help: '100: everyone. 75: at least three of four.',
          showIf: { method: ['consensus'] },
        }),
        weights: field.select({
          label: 'Weights',
          options: [
            { value: 'inputs', label: 'Fixed, by input' },
            { value: 'field', label: 'From each voter’s item' },
          ],
          default: 'inputs',
          showIf: { method: WEIGHTED },
        }),
        inputWeights: field.list({
          label: 'Weights of the inputs',
          help: 'The first row is input 1, and so on. Inputs without a row have weight 1.',
          addLabel: 'Add weight',
          max: 10,
          fields: { weight: field.number({ label: 'Weight', default: 1, min: 0 }) },
          showIf: { method: WEIGHTED, weights: ['inputs'] },
        }),
        weight: perVoter('Weight', 'weight', 'Empty or missing counts as 1.', {
          method: WEIGHTED,
          weights: ['field'],
        }),
        min: field.number({ label: 'Result at least', help: 'Optional.', showIf: { method: AVERAGES } }),
        max: field.number({ label: 'Result at most', help: 'Optional.', showIf: { method: AVERAGES } }),
        expression: field.text({
          label: 'Expression',
          help: 'Sees $votes (voter, input, item, choice, score, weight, json of all who voted), $tally (choice, votes, weight, share; heaviest first) and $total. Gives the decision, or {decision, confidence, reason}; nothing means undecided.',
          placeholder: "{{ $votes.every(v => v.score > 0.5) ? $tally[0].choice : 'hold' }}",
          multiline: true,
          required: true,
          template: false,
          showIf: { method: ['expression'] },
        }),
        tie: field.select({
          label: 'On a tie',
          options: [
            { value: 'undecided', label: 'No decision' },
            { value: 'first', label: 'First by input order', help: 'The choice that was voted for first.' },
            { value: 'confidence', label: 'Highest confidence', help: 'On average; equal: no decision.' },
          ],
          default: 'undecided',
          showIf: { method: BY_CHOICE },
        }),
        missing: field.select({
          label: 'Missing votes',
          help: 'A voter without a choice; where inputs vote, an input without items too.',
          options: [
            { value: 'ignore', label: 'Ignore', help: 'As if the voter did not exist.' },
            { value: 'abstain', label: 'Count as abstention', help: 'Counts in the total, for no choice.' },
            { value: 'fail', label: 'Fail' },
          ],
          default: 'ignore',
        }),
        quorum: field.number({
          label: 'Quorum',
          help: 'At least so many must have voted; abstentions do not count.',
          default: 1,
          min: 1,
          integer: true,
        }),
        fallback: field.text({
          label: 'Decision when there is none',
          help: 'What stands in “decision” of an undecided vote. Empty: null.',
          placeholder: 'hold',
        }),
        voterName: perVoter('Name of a voter', 'agent', 'Optional; shown in the breakdown.'),
        matchCase: field.boolean({
          label: 'Match case',
          help: 'Otherwise “Buy” and “ buy” are one choice.',
          showIf: { method: [...BY_CHOICE, 'expression'] },
        }),
      },
      inputs: (parameters): Port[] =>
        Array.from({ length: inputCount(parameters) }, (_, i) => ({ name: inputPort(i), label: `${i + 1}` })),
      outputs: [
        { name: 'decided', label: 'decided' },
        { name: 'undecided', label: 'undecided' },
      ],
      sample: [SAMPLE],
    }),
  },
});
