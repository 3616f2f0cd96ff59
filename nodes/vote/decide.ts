import { average } from './average.ts';
import { type Outcome, undecided } from './outcome.ts';
import { type Group, meanScore, tidy, totalWeight } from './tally.ts';
import { hasVoted, type Input, isAverage, type Vote } from './voters.ts';

/** The decision of all methods but the expression. */
export function decide(input: Input, rows: readonly Vote[], tally: readonly Group[]): Outcome {
  if (isAverage(input.method)) return average(input, rows.filter(hasVoted));
  const [leader] = tally;
  if (!leader) return undecided('Nobody voted.');
  const total = totalWeight(rows);
  if (total === 0) return undecided('The weights add up to 0.');
  const short = shortfall(input, leader, total);
  if (short) return undecided(`${quote(leader.choice)} has ${short}`);
  const leaders = tally.filter((group) => isSame(group.weight, leader.weight));
  const winner = leaders.length === 1 ? leader : breakTie(input.tie, leaders);
  if (winner) return { decision: winner.choice, confidence: confidenceOf(winner) };
  return undecided(`Tie between ${leaders.map((group) => quote(group.choice)).join(' and ')}.`);
}

/**
 * The share of a choice, scaled with the mean score of those behind it: 75 % of the weight at a confidence of 0.8 is 0.6.
 * Without scores, the share.
 */
export function confidenceOf(group: Group): number {
  return tidy(group.share * (meanScore(group.supporters, true) ?? 1));
}

/** Enough voters? Abstentions do not count. undefined: yes. */
export function missingQuorum({ quorum }: Input, rows: readonly Vote[]): Outcome | undefined {
  const voted = rows.filter(hasVoted).length;
  return voted < quorum ? undecided(`No quorum: ${voted} voted, ${quorum} needed.`) : undefined;
}

/** What the leading choice lacks by the rule of the method. */
function shortfall(input: Input, { weight, share, votes }: Group, total: number): string | undefined {
  if (input.method === 'majority') {
    return input.moreThanHalf && weight * 2 <= total
      ? `${votes} of ${total} votes: not more than half.`
      : undefined;
  }
  const needed = input.method === 'consensus' ? input.agreement : input.threshold;
  // Two thirds of three are 66.66…67 %: a share that misses by rounding only has not missed.
  if (share * 100 >= needed - 1e-9) return undefined;
  return input.method === 'consensus'
    ? `${votes} of ${total} votes (${percent(share)}): ${needed} % must agree.`
    : `${percent(share)} of the weight: ${needed} % needed.`;
}

function breakTie(rule: Input['tie'], leaders: readonly Group[]): Group | undefined {
  if (rule === 'undecided') return undefined;
  if (rule === 'first') return leaders.reduce((first, group) => (group.order < first.order ? group : first));
  const scored = leaders.flatMap((group) => {
    const score = meanScore(group.supporters, true);
    return score === null ? [] : [{ group, score }];
  });
  const [best, next] = scored.sort((a, b) => b.score - a.score);
  return best && next && isSame(best.score, next.score) ? undefined : best?.group;
}

const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
const quote = (choice: unknown) =>
  `“${typeof choice === 'object' ? JSON.stringify(choice) : String(choice)}”`;
