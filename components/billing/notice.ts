import { allowanceOf, levelOf } from '#components/usage/forecast.ts';
import type { Billing } from '#server/billing/schema.ts';
import type { Usage } from '#server/usage/schema.ts';
import { formatDay } from './dates.ts';
import { planState } from './plan-state.ts';

export interface Notice {
  tone: 'warning' | 'danger';
  text: string;
  link: { label: string; page: 'billing' | 'usage' | 'members' };
  /** Set when it can be put away; another month is another one. */
  key: string | null;
}

interface Facts {
  usage: Usage | undefined;
  /** Of owners and admins only. */
  billing: Billing | undefined;
  /** Of whoever looks. */
  hasSeat: boolean;
  now: number;
}

/** The one thing that whoever looks should know about the workspace’s plan at the moment; null: nothing. */
export function noticeOf({ usage, billing, hasSeat, now }: Facts): Notice | null {
  if (!hasSeat)
    return {
      tone: 'warning',
      text: 'The plan has no seat for you: until there is one you can look, but not change anything. Ask an owner or admin for it.',
      link: { label: 'See who they are', page: 'members' },
      key: null,
    };
  if (billing && planState(billing, now).todo === 'pay')
    return {
      tone: 'danger',
      text: planState(billing, now).text,
      link: { label: 'Settle the payment', page: 'billing' },
      key: null,
    };
  if (!usage) return null;
  const { period } = usage;
  const allowance = allowanceOf(period);
  const level = levelOf(period.used, allowance);
  if (level === 'fine' || allowance === null) return null;
  const link = billing?.configured
    ? ({ label: 'See plans', page: 'billing' } as const)
    : ({ label: 'See the usage', page: 'usage' } as const);
  const all = allowance.toLocaleString('en');
  const end = formatDay(period.endsAt, now);
  if (level === 'full')
    return {
      tone: 'danger',
      text: `All ${all} executions of this month are used. New ones are refused until ${end}.`,
      link,
      key: null,
    };
  const percent = Math.floor((period.used / allowance) * 100);
  return {
    tone: 'warning',
    text: `${percent} % of the ${all} executions of this month are used. The next month begins on ${end}.`,
    link,
    key: period.startsAt.toISOString(),
  };
}
