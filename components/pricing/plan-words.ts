import { formatMoney } from '#components/billing/money.ts';
import type { Plan } from '#server/plans/schema.ts';

const count = (n: number | null): string => (n === null ? 'Unlimited' : n.toLocaleString('en'));

/** “every 5 minutes”, “every minute”, “every 10 seconds”. */
export function everySeconds(seconds: number): string {
  const [n, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return n === 1 ? `every ${unit}` : `every ${n} ${unit}s`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const keptFor = (days: number | null): string =>
  days === null ? 'For ever' : days === 365 ? '1 year' : `${days} days`;

/** Every limit of a plan, in the order of the comparison. */
export const PLAN_ROWS: readonly { label: string; help?: string; text: (plan: Plan) => string }[] = [
  { label: 'Executions a month', text: (plan) => count(plan.executionsPerMonth) },
  {
    label: 'Extra executions',
    help: 'Only when you allow them, and never more than you say.',
    text: ({ overagePer1000, executionsPerMonth }) =>
      overagePer1000 !== null
        ? `${formatMoney(overagePer1000)} per 1,000`
        : executionsPerMonth === null
          ? 'Not needed'
          : '–',
  },
  { label: 'Active workflows', text: (plan) => count(plan.activeWorkflows) },
  { label: 'Members', text: (plan) => count(plan.members) },
  {
    label: 'Executions at the same time',
    help: 'More of them wait in the queue; none is lost.',
    text: (plan) => count(plan.concurrentExecutions),
  },
  {
    label: 'Schedules and mailboxes',
    text: (plan) => capitalised(everySeconds(plan.minScheduleSeconds)),
  },
  { label: 'Executions are kept', text: (plan) => keptFor(plan.retentionDays) },
  {
    label: 'Turn in the queue',
    help: 'How often it is a plan’s turn when everybody is busy at once.',
    text: ({ weight }) => (weight === 1 ? 'Fair share' : `${weight} × fair share`),
  },
  { label: 'Support', text: (plan) => plan.support },
];

/** The few that decide, for the card of a plan. */
export function highlightsOf(plan: Plan): string[] {
  const { executionsPerMonth, activeWorkflows, members, retentionDays, minScheduleSeconds } = plan;
  return [
    executionsPerMonth === null
      ? 'Any number of executions'
      : `${count(executionsPerMonth)} executions a month`,
    activeWorkflows === null ? 'Any number of workflows' : `${count(activeWorkflows)} active workflows`,
    members === null ? 'Any number of members' : `${count(members)} members`,
    `Schedules ${everySeconds(minScheduleSeconds)}`,
    retentionDays === null
      ? 'Executions are kept for ever'
      : `Executions are kept for ${keptFor(retentionDays)}`,
  ];
}

/** What a year paid at once costs less than twelve months, in cents and in percent. */
export function savingOf({ month, year }: { month: number; year: number }): {
  cents: number;
  percent: number;
} {
  const cents = month * 12 - year;
  return { cents, percent: month === 0 ? 0 : Math.floor((cents / (month * 12)) * 100) };
}
