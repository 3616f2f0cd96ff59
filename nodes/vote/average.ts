import { NodeError } from '#engine/errors.ts';
import { type Outcome, undecided } from './outcome.ts';
import { meanScore, tidy, totalWeight } from './tally.ts';
import type { Input, Vote } from './voters.ts';

/** Mean, weighted mean or median of what the voters said, within the limits. Throws NodeError(config). */
export function average(input: Input, rows: readonly Vote[]): Outcome {
  // Their type does not say it, but both may be left out.
  const { method, min = -Infinity, max = Infinity } = input;
  if (min > max) {
    const message = `The smallest result (${min}) is greater than the greatest (${max}).`;
    throw new NodeError('config', message, { field: 'min' });
  }
  const weighted = method === 'weighted-average';
  if (weighted && totalWeight(rows) === 0) return undecided('The weights add up to 0.');
  const value = method === 'median' ? median(rows) : mean(rows);
  if (!Number.isFinite(value)) {
    throw new NodeError('config', 'The numbers add up to more than a number can hold.', { field: 'number' });
  }
  return { decision: Math.min(max, Math.max(min, tidy(value))), confidence: meanScore(rows, weighted) };
}

// `choice` of every row is a number here: voters.ts has read it as such. Weights are 1 unless the method has weights.
function mean(rows: readonly Vote[]): number {
  let sum = 0;
  let weight = 0;
  for (const row of rows) {
    sum += (row.choice as number) * row.weight;
    weight += row.weight;
  }
  return sum / weight;
}

function median(rows: readonly Vote[]): number {
  const sorted = rows.map((row) => row.choice as number).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
