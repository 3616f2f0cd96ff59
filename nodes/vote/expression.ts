import { NodeError } from '#engine/errors.ts';
import { compileValue } from '#engine/expression/template.ts';
import type { JsonObject } from '#engine/item.ts';
import type { ExecuteContext } from '#engine/node.ts';
import { hasTemplate } from '../fields.ts';
import { isPlain } from '../paths.ts';
import { confidenceOf } from './decide.ts';
import { type Outcome, undecided } from './outcome.ts';
import { isNothing } from './reader.ts';
import { type Group, keyOf, type Tally } from './tally.ts';
import { voterScope } from './voter-scope.ts';
import { hasVoted, type Input, type Vote, type Voter } from './voters.ts';

/** What the workflow's own rule says of the votes. Throws NodeError(config) for field `expression`. */
export function decideByExpression(
  context: ExecuteContext,
  input: Input,
  voters: readonly Voter[],
  rows: readonly Vote[],
  tally: readonly Group[],
): Outcome {
  const $votes = rows.flatMap((row, i): JsonObject[] => {
    if (!hasVoted(row)) return [];
    const { counted: _, ...vote } = row;
    return [{ ...vote, json: voters[i]?.item?.json }];
  });
  const $total = rows.filter((row) => row.counted).length;
  const scope = voterScope(context, context.inputs, { $votes, $tally: tally.map(tallyLine), $total });
  const { expression: text } = input;
  // A rule is never a constant: without braces it is still one.
  const source = hasTemplate(text) ? text.trim() : `{{ ${text} }}`;
  const { expression: made } = compileValue({ expression: source }).render(scope, 0) as {
    expression: unknown;
  };
  const answer = isPlain(made) && Object.hasOwn(made, 'decision') ? made : { decision: made };
  const { decision, confidence, reason } = answer as Record<string, unknown>;
  if (isNothing(decision)) {
    return undecided(isNothing(reason) ? 'The expression gave no decision.' : String(reason));
  }
  if (!isNothing(confidence) && typeof confidence !== 'number') {
    throw new NodeError('config', 'The “confidence” that the expression gives must be a number.', {
      field: 'expression',
    });
  }
  const key = keyOf(decision, input.matchCase);
  const chosen = tally.find((group) => keyOf(group.choice, input.matchCase) === key);
  const known = typeof confidence === 'number' && Number.isFinite(confidence) ? confidence : undefined;
  return { decision, confidence: known ?? (chosen ? confidenceOf(chosen) : null) };
}

/** A tally line as it is given out. */
export const tallyLine = ({ choice, votes, weight, share }: Group): Tally & JsonObject => ({
  choice,
  votes,
  weight,
  share,
});
