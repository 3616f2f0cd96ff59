import { keptFor } from '#components/pricing/plan-words.ts';
import { type Consequences, DAYS_TO_EXPORT } from '#server/plans/schema.ts';
import { formatDay } from './dates.ts';

const NAMED = 3;

/** Sentences about what a plan with less would change; none when it changes nothing. */
export function consequenceSentences(
  { workflows, members, retentionDays, stopsUntil }: Consequences,
  now: number,
): string[] {
  const sentences: string[] = [];
  if (workflows.length > 0)
    sentences.push(
      `${workflows.length === 1 ? 'One workflow is' : `${workflows.length} workflows are`} paused: ${listOf(workflows)}. You can choose others instead.`,
    );
  if (members.length > 0)
    sentences.push(
      `${members.length === 1 ? 'One member can' : `${members.length} members can`} only look at things until there are seats again: ${listOf(members)}.`,
    );
  if (retentionDays !== null)
    sentences.push(
      `Executions older than ${keptFor(retentionDays)} are deleted for good, the first of them in ${DAYS_TO_EXPORT} days. Export them before that.`,
    );
  if (stopsUntil)
    sentences.push(
      `More of this month is used than that plan has, so nothing starts until ${formatDay(stopsUntil, now)}.`,
    );
  return sentences;
}

function listOf(named: readonly { name: string }[]): string {
  const shown = named.slice(0, NAMED).map(({ name }) => `“${name}”`);
  const more = named.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
