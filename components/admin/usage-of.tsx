'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { allowanceOf } from '#components/usage/forecast.ts';
import { UsageBar } from '#components/usage/usage-bar.tsx';
import { sizeText } from '#engine/file-view.ts';
import { asCount } from './figure.tsx';

/** What a workspace uses, in two lines. */
export function UsageOf({ id }: { id: string }) {
  const trpc = useTRPC();
  const usage = useQuery(trpc.admin.usage.queryOptions({ id }));
  if (usage.isPending) return <Skeleton className="h-10 w-64" />;
  if (!usage.data) return <QueryError error={usage.error} onRetry={() => usage.refetch()} />;
  const { period, activeWorkflows, storageBytes } = usage.data;
  const allowance = allowanceOf(period);
  return (
    <div className="w-full max-w-sm text-ui">
      <p className="tabular-nums">
        {asCount(period.used)}
        {allowance === null ? '' : ` of ${asCount(allowance)}`} executions this month
        {period.credit > 0 ? (
          <span className="text-foreground-muted">, {asCount(period.credit)} given</span>
        ) : null}
      </p>
      {allowance === null ? null : (
        <UsageBar
          label="Executions this month"
          used={period.used}
          limit={allowance}
          size="sm"
          className="mt-1.5"
        />
      )}
      <p className="mt-1 text-foreground-muted text-xs">
        {asCount(activeWorkflows.used)} active workflows, {sizeText(storageBytes)} stored
      </p>
    </div>
  );
}
