import { planOf } from '../plans/schema.ts';

const DAY_MS = 24 * 3_600_000;

/** How many days ended executions are kept; null: for ever. Of plan and operator, whoever wants fewer. */
export function keptDays(plan: string, operatorDays: number | undefined): number | null {
  const days = [planOf(plan).retentionDays, operatorDays ?? null].filter((limit) => limit !== null);
  return days.length === 0 ? null : Math.min(...days);
}

/** What was queued and has ended before this time leaves; null: nothing does. */
export function keptSince(plan: string, operatorDays: number | undefined, now: number): Date | null {
  const days = keptDays(plan, operatorDays);
  return days === null ? null : new Date(now - days * DAY_MS);
}
