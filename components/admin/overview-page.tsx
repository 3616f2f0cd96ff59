'use client';
import { useQuery } from '@tanstack/react-query';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { asCount, Figure } from './figure.tsx';

const EVERY_MS = 15_000;

export function OverviewPage() {
  const trpc = useTRPC();
  const figures = useQuery({ ...trpc.admin.figures.queryOptions(), refetchInterval: EVERY_MS });
  return (
    <Page title="Overview" description="The whole system, for its operator.">
      {figures.isPending ? (
        <Card>
          <ListSkeleton label="Loading figures" />
        </Card>
      ) : figures.isError ? (
        <QueryError error={figures.error} onRetry={() => figures.refetch()} />
      ) : (
        <div className="flex flex-col gap-5">
          {figures.data.workers === 0 ? (
            <Callout tone="danger">No worker is alive: nothing runs until one is started.</Callout>
          ) : null}
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <Figure
              label="People"
              value={asCount(figures.data.users)}
              note={`${asCount(figures.data.blockedUsers)} blocked`}
            />
            <Figure
              label="Workspaces"
              value={asCount(figures.data.workspaces)}
              note={`${asCount(figures.data.deletedWorkspaces)} deleted, to be restored or purged`}
            />
            <Figure
              label="Workflows"
              value={asCount(figures.data.workflows)}
              note={`${asCount(figures.data.activeWorkflows)} active`}
            />
            <Figure
              label="In the queue"
              value={asCount(figures.data.active.queued ?? 0)}
              note={`${asCount(figures.data.active.running ?? 0)} running, ${asCount(figures.data.active.waiting ?? 0)} waiting, ${asCount(figures.data.active.paused ?? 0)} paused`}
            />
            <Figure
              label="Jobs that are due"
              value={asCount(figures.data.dueJobs)}
              note="Mails, clean-up, reports"
            />
            <Figure label="Workers alive" value={asCount(figures.data.workers)} />
          </div>
          <Ended />
        </div>
      )}
    </Page>
  );
}

const STATUSES = ['completed', 'failed', 'timeout', 'cancelled'] as const;

function Ended() {
  const trpc = useTRPC();
  const ended = useQuery(trpc.admin.ended.queryOptions());
  return (
    <Card>
      <CardHeader
        title="Executions that have ended"
        description="By when they were queued; days begin at midnight UTC."
      />
      {ended.isPending ? (
        <ListSkeleton label="Counting executions" />
      ) : ended.isError ? (
        <QueryError error={ended.error} onRetry={() => ended.refetch()} />
      ) : ended.data === null ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">There are too many to count them here.</p>
      ) : (
        <table className="w-full border-border border-t text-ui">
          <thead className="text-foreground-muted text-xs">
            <tr>
              <th className="px-5 py-2 text-left font-medium">Status</th>
              <th className="px-5 py-2 text-right font-medium">Today</th>
              <th className="px-5 py-2 text-right font-medium">7 days</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border border-border border-t">
            {STATUSES.map((status) => (
              <tr key={status}>
                <td className="px-5 py-2">
                  <StatusBadge status={status} />
                </td>
                <td className="px-5 py-2 text-right tabular-nums">
                  {asCount(ended.data?.today[status] ?? 0)}
                </td>
                <td className="px-5 py-2 text-right tabular-nums">
                  {asCount(ended.data?.week[status] ?? 0)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
