'use client';
import { Page } from '#components/layout/page.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { DayCard } from './day-card.tsx';
import { EarlierMonths } from './earlier-months.tsx';
import { MemberUsageCard } from './member-usage.tsx';
import { MonthCard } from './month-card.tsx';
import { RefusedStarts } from './refused-starts.tsx';
import { ShareGrid } from './share-grid.tsx';
import { useUsage } from './use-usage.ts';
import { WorkflowUsageCard } from './workflow-usage.tsx';

export function UsagePage() {
  const usage = useUsage();
  return (
    <Page title="Usage" description="What this workspace uses of its plan, and which workflows use it.">
      {usage.isPending ? (
        <Card>
          <ListSkeleton label="Loading usage" />
        </Card>
      ) : !usage.data ? (
        <QueryError error={usage.error} onRetry={() => usage.refetch()} />
      ) : (
        <div className="flex flex-col gap-5">
          <MonthCard usage={usage.data} />
          <ShareGrid usage={usage.data} />
          <DayCard usage={usage.data} />
          <RefusedStarts />
          <WorkflowUsageCard />
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <MemberUsageCard />
            <EarlierMonths />
          </div>
        </div>
      )}
    </Page>
  );
}
