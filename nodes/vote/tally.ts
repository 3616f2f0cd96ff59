import { NodeError } from '#engine/errors.ts';
import { isPlain } from '../paths.ts';
import { hasVoted, type Vote } from './voters.ts';

/** One choice and who stands behind it. */
export interface Tally {
  choice: unknown;
  votes: number;
  weight: number;
  /** 0–1 of the weight of all that count, abstentions included. */
  share: number;
}
/** A tally line with its votes, in voter order. */
export interface Group extends Tally {
  supporters: Vote[];
  /** Place by the first vote for it. */
  order: number;
}

/** Votes by choice: the heaviest first, equal ones in the order in which they were first voted for. */
export function tallyVotes(rows: readonly Vote[], matchCase: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    if (!hasVoted(row)) continue;
    const key = keyOf(row.choice, matchCase);
    let group = groups.get(key);
    if (!group) {
      group = { choice: row.choice, votes: 0, weight: 0, share: 0, supporters: [], order: groups.size };
      groups.set(key, group);
    }
    group.votes++;
    group.weight += row.weight;
    group.supporters.push(row);
  }
  const total = totalWeight(rows);
  const all = [...groups.values()];
  for (const group of all) {
    group.weight = tidy(group.weight);
    group.share = total > 0 ? group.weight / total : 0;
  }
  return all.sort((a, b) => b.weight - a.weight);
}

/** Weight of all that count. Throws NodeError(config) when it is more than a number can hold. */
export function totalWeight(rows: readonly Vote[]): number {
  let total = 0;
  for (const row of rows) if (row.counted) total += row.weight;
  if (Number.isFinite(total)) return tidy(total);
  throw new NodeError('config', 'The weights add up to more than a number can hold.', { field: 'weights' });
}

/** Mean of the scores by weight; null when nobody gave one. Weights that are all 0 count alike. */
export function meanScore(rows: readonly Vote[], weighted: boolean): number | null {
  let sum = 0;
  let plain = 0;
  let weight = 0;
  let count = 0;
  for (const row of rows) {
    if (!hasVoted(row) || row.score === null) continue;
    count++;
    plain += row.score;
    weight += row.weight;
    sum += row.score * row.weight;
  }
  if (count === 0) return null;
  return tidy(weighted && weight > 0 ? sum / weight : plain / count);
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(15));

/** Values that read the same are the same choice: 1 and "1", true and "true". */
export function keyOf(choice: unknown, matchCase: boolean): string {
  if (typeof choice === 'object') return `json:${JSON.stringify(choice, sortKeys)}`;
  const text = String(choice);
  return `text:${matchCase ? text : text.trim().toLowerCase()}`;
}

const sortKeys = (_key: string, value: unknown) =>
  isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
