'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Activity, X } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { StatusBadge, statusLabel } from '#components/ui/status-badge.tsx';
import { formatDuration } from '#lib/format-time.ts';
import type { AdminExecution } from '#server/admin/schema.ts';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#server/executions/schema.ts';

const ANY = 'any';

export function ExecutionsPage() {
  const trpc = useTRPC();
  const workspaceId = useSearchParams().get('workspace') ?? undefined;
  const [status, setStatus] = useState<string>(ANY);
  const list = useInfiniteQuery({
    ...trpc.admin.executions.infiniteQueryOptions(
      { workspaceId, status: status === ANY ? undefined : (status as ExecutionStatus) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title="Executions"
      description="Of all workspaces, the newest first: that they ran, and how. Their data is for their workspace only."
    >
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Select value={status} onValueChange={setStatus}>
          <SelectTrigger aria-label="Status" className="w-44">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={ANY}>Any status</SelectItem>
            {EXECUTION_STATUSES.map((one) => (
              <SelectItem key={one} value={one}>
                {statusLabel(one)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        {workspaceId ? (
          <Button asChild>
            <Link href="/admin/executions">
              <X />
              One workspace only
            </Link>
          </Button>
        ) : null}
      </div>
      <PagedList
        list={list}
        label="Executions"
        empty={
          <Card>
            <EmptyState icon={<Activity />} title="No execution found" />
          </Card>
        }
        row={(execution) => <ExecutionRow key={execution.id} execution={execution} />}
      />
    </Page>
  );
}

function ExecutionRow({ execution }: { execution: AdminExecution }) {
  const { status, workspaceName, workflowName, mode, errorKind, queuedAt, startedAt, finishedAt } = execution;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 lg:grid lg:grid-cols-[7rem_minmax(0,1fr)_7rem_7rem_5.5rem]">
      <div>
        <StatusBadge status={status} />
      </div>
      <div className="min-w-0 max-lg:order-first max-lg:w-full">
        <p className="truncate font-medium text-sm">{workflowName}</p>
        <p className="truncate text-foreground-muted text-xs">{workspaceName}</p>
      </div>
      <span className="text-foreground-muted text-xs">{errorKind ? `${mode}, ${errorKind}` : mode}</span>
      <RelativeTime date={queuedAt} className="text-foreground-muted text-xs" />
      <span className="text-foreground-muted text-xs tabular-nums">
        {startedAt && finishedAt ? formatDuration(finishedAt.getTime() - startedAt.getTime()) : ''}
      </span>
    </li>
  );
}
