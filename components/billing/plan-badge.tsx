'use client';
import { useUsage } from '#components/usage/use-usage.ts';
import { cn } from '#lib/cn.ts';
import { PLANS } from '#server/plans/schema.ts';

/** Under the workspace's name. Not where there are no plans: whoever runs it for themselves knows. */
export function PlanBadge() {
  const plan = useUsage().data?.plan;
  if (plan === undefined || plan === 'self-hosted') return null;
  return (
    <span
      className={cn(
        'mt-px block truncate text-[11px] leading-3.5',
        plan === 'free' ? 'text-foreground-subtle' : 'text-accent-text',
      )}
    >
      {PLANS[plan].name} plan
    </span>
  );
}
