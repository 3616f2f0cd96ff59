'use client';
import Link from 'next/link';
import { formatDay } from '#components/billing/dates.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { PLANS } from '#server/plans/schema.ts';
import type { Usage } from '#server/usage/schema.ts';
import { allowanceOf, forecastSentence } from './forecast.ts';
import { UsageBar } from './usage-bar.tsx';

const count = (n: number) => n.toLocaleString('en');

/** The executions of this month against what the plan has, and how it will end. */
export function MonthCard({ usage: { plan, period } }: { usage: Usage }) {
  const may = useMay();
  const path = useWorkspacePath();
  const now = Date.now();
  const { used, included, credit, overage, startsAt, endsAt } = period;
  const allowance = allowanceOf(period);
  return (
    <Card aria-label="Executions this month" className="flex flex-col gap-4 p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 className="text-ui text-foreground-muted">
            Executions from {formatDay(startsAt, now)} to {formatDay(new Date(endsAt.getTime() - 1), now)}
          </h2>
          <p className="mt-1 font-semibold text-3xl tabular-nums tracking-tight">
            {count(used)}
            <span className="font-normal text-base text-foreground-muted tracking-normal">
              {allowance === null ? ' without a limit' : ` of ${count(allowance)}`}
            </span>
          </p>
        </div>
        <div className="flex items-center gap-2">
          <Badge tone="accent">{PLANS[plan].name}</Badge>
          {may.administer ? (
            <Button asChild size="sm">
              <Link href={path('billing')}>Plan and billing</Link>
            </Button>
          ) : null}
        </div>
      </div>
      {allowance === null || included === null ? null : (
        <UsageBar
          label="Executions this month"
          used={used}
          limit={allowance}
          mark={overage > 0 ? included + credit : undefined}
        />
      )}
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-ui text-foreground-muted">
        <p className="max-w-2xl">{forecastSentence(period, now)}</p>
        {credit > 0 || overage > 0 ? (
          <p>
            {[
              included === null ? null : `${count(included)} in the plan`,
              credit > 0 ? `${count(credit)} as a gift` : null,
              overage > 0 ? `${count(overage)} extra` : null,
            ]
              .filter(Boolean)
              .join(' + ')}
          </p>
        ) : null}
      </div>
    </Card>
  );
}
