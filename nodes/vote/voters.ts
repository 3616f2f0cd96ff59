import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import type { OperationContext } from '../implement.ts';
import { copyJson } from '../paths.ts';
import { inputCount, inputPort, type vote } from './definition.ts';
import { isNothing, numberOf, placeOf, reader } from './reader.ts';

export type Input = InputOf<(typeof vote)['operations']['default']['fields']>;

/** One row of the breakdown. */
export interface Vote {
  voter: string;
  /** Input port. */
  input: string;
  /** Index of the item in that input; null where nothing arrived. */
  item: number | null;
  /** null: no vote. */
  choice: unknown;
  score: number | null;
  weight: number;
  /** Part of the total: has voted, or abstains. */
  counted: boolean;
  /** Why there is no vote. */
  reason?: string;
}

/** A voter before it is read. */
export interface Voter {
  name: string;
  port: string;
  /** From 0. */
  input: number;
  index: number;
  item: Item | undefined;
}

/** Who may vote: one voter per input, or every item of every input. */
export function findVoters(context: OperationContext<Input>, { voters, several }: Input): Voter[] {
  const ports = Array.from({ length: inputCount(context.rawParameters) }, (_, i) => inputPort(i));
  return ports.flatMap((port, input): Voter[] => {
    const items = context.inputs[port] ?? [];
    if (voters === 'items') {
      const where = ports.length === 1 ? 'Item' : `Input ${input + 1}, item`;
      return items.map((item, index) => ({ name: `${where} ${index + 1}`, port, input, index, item }));
    }
    if (several === 'fail' && items.length > 1) {
      throw new NodeError('config', `Input ${input + 1} brought ${items.length} items; it has one vote.`, {
        field: 'several',
        detail: 'Choose which of them votes, or let every item vote.',
      });
    }
    const index = several === 'last' ? Math.max(0, items.length - 1) : 0;
    return [{ name: `Input ${input + 1}`, port, input, index, item: items[index] }];
  });
}

/** What every voter voted, in the order of the voters. Throws NodeError(config) that names the field and the voter. */
export function readVotes(context: OperationContext<Input>, input: Input, voters: readonly Voter[]): Vote[] {
  const choiceField = isAverage(input.method) ? 'number' : 'choice';
  const nameOf = reader(context, 'voterName', input.voterName);
  const choiceOf = reader(context, choiceField, input[choiceField]);
  const scoreOf = reader(context, 'score', input.score);
  const weightOf = reader(context, 'weight', input.weights === 'field' ? input.weight : '');
  return voters.map((found) => {
    const given = nameOf(found);
    const voter = isNothing(given) ? found : { ...found, name: String(given) };
    const { name, item, port, index } = voter;
    const raw = choiceOf(voter);
    const choice =
      choiceField === 'number' ? numberOf(raw, 'number', voter) : isNothing(raw) ? null : copyJson(raw);
    const row = {
      voter: name,
      input: port,
      item: item ? index : null,
      choice,
      score: choice === null ? null : numberOf(scoreOf(voter), 'score', voter),
    };
    const weight = () =>
      numberOf(weightOf(voter), 'weight', voter, 0) ?? input.inputWeights[voter.input]?.weight ?? 1;
    if (choice !== null) return { ...row, weight: weight(), counted: true };
    const why = item ? `“${input[choiceField]}” is empty` : 'nothing arrived';
    if (input.missing === 'fail') {
      const more = { field: choiceField, ...placeOf(voter) };
      throw new NodeError('config', `${name} has no vote: ${why}.`, more);
    }
    // A weight that plays no part is not read: it could only fail.
    if (input.missing === 'ignore') return { ...row, weight: 0, counted: false, reason: why };
    return { ...row, weight: weight(), counted: true, reason: `abstains: ${why}` };
  });
}

export const isAverage = (method: Input['method']) =>
  method === 'average' || method === 'weighted-average' || method === 'median';

/** Has this voter a choice (and not merely a place in the total)? */
export const hasVoted = (row: Vote) => row.counted && row.choice !== null;
