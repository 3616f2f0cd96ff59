import { formatDay } from '#components/billing/dates.ts';
import type { Usage } from '#server/usage/schema.ts';

const WARN_AT = 0.8;

/** How many may start in the month, with credit and the extra that is paid for; null: any number. */
export const allowanceOf = ({
  included,
  credit,
  overage,
}: Pick<Usage['period'], 'included' | 'credit' | 'overage'>): number | null =>
  included === null ? null : included + credit + overage;

/** How much of its limit is used: `full` at all of it, `high` from 80 %. */
export function levelOf(used: number, limit: number | null): 'fine' | 'high' | 'full' {
  if (limit === null) return 'fine';
  if (used >= limit) return 'full';
  return used >= limit * WARN_AT ? 'high' : 'fine';
}

const count = (n: number): string => Math.round(n).toLocaleString('en');

/** One sentence about how the month will end if it goes on like this. */
export function forecastSentence(period: Usage['period'], now: number): string {
  const { used, included, credit, overage, forecast, endsAt } = period;
  const allowance = allowanceOf(period);
  const end = formatDay(endsAt, now);
  if (allowance !== null && used >= allowance)
    return `All are used. Starts are refused until the next month of usage begins on ${end}.`;
  if (forecast === null) return 'The month has just begun; in some hours you see here how it will end.';
  const total = `At this pace it will be about ${count(forecast)} by ${end}`;
  if (included === null || allowance === null) return `${total}.`;
  const own = included + credit;
  if (forecast <= own) return `${total}. That is within your plan.`;
  if (forecast <= allowance)
    return `${total}. About ${count(forecast - Math.max(own, 0))} of them are extra executions.`;
  return `At this pace ${overage > 0 ? 'they are all used, with the extra ones,' : 'they are used up'} around ${formatDay(usedUpAt(period, allowance, forecast, now), now)}. Then starts are refused until ${end}.`;
}

/** In a straight line from now to the forecast. */
function usedUpAt({ used, endsAt }: Usage['period'], allowance: number, forecast: number, now: number): Date {
  const share = (allowance - used) / (forecast - used);
  return new Date(now + share * (endsAt.getTime() - now));
}
