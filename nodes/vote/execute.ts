import type { Item, ItemSource } from '#engine/item.ts';
import { implement } from '../implement.ts';
import { decide, missingQuorum } from './decide.ts';
import { vote } from './definition.ts';
import { decideByExpression, tallyLine } from './expression.ts';
import { tallyVotes } from './tally.ts';
import { findVoters, isAverage, readVotes, type Voter } from './voters.ts';

export const voteNode = implement(vote, {
  default: (context) => {
    const input = context.input(0);
    const { method, fallback, matchCase } = input;
    const voters = findVoters(context, input);
    const breakdown = readVotes(context, input, voters);
    // Numbers are averaged, not counted: nearly each would be a line of its own.
    const tally = isAverage(method) ? [] : tallyVotes(breakdown, matchCase);
    const { decision, confidence, reason } =
      missingQuorum(input, breakdown) ??
      (method === 'expression'
        ? decideByExpression(context, input, voters, breakdown, tally)
        : decide(input, breakdown, tally));
    const isDecided = reason === undefined;
    const item: Item = {
      json: {
        decision: isDecided ? decision : fallback || null,
        method,
        confidence,
        total: breakdown.filter((row) => row.counted).length,
        ...(isDecided ? {} : { reason }),
        breakdown,
        tally: tally.map(tallyLine),
      },
      source: voters.flatMap((voter) => (voter.item ? sourceOf(voter) : [])),
    };
    return { outputs: { decided: isDecided ? [item] : [], undecided: isDecided ? [] : [item] } };
  },
});

const sourceOf = ({ index, input, port }: Voter): ItemSource =>
  input === 0 ? { item: index } : { item: index, port };
