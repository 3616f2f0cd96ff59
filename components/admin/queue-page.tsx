'use client';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { ReactNode } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { MANY } from '#server/admin/schema.ts';
import type { AppRouter } from '#server/trpc/app-router.ts';
import { asCount } from './figure.tsx';

type Queue = inferRouterOutputs<AppRouter>['admin']['queue'];
const EVERY_MS = 10_000;

export function QueuePage() {
  const trpc = useTRPC();
  const queue = useQuery({ ...trpc.admin.queue.queryOptions(), refetchInterval: EVERY_MS });
  return (
    <Page
      title="Queue"
      description="What waits, for how long, and what went wrong. Refreshed every ten seconds."
    >
      {queue.isPending ? (
        <Card>
          <ListSkeleton label="Loading the queue" />
        </Card>
      ) : queue.isError ? (
        <QueryError error={queue.error} onRetry={() => queue.refetch()} />
      ) : (
        <div className="flex flex-col gap-5">
          <Tiers queue={queue.data} />
          <Jobs queue={queue.data} />
          {queue.data.failures.length > 0 ? <Failures queue={queue.data} /> : null}
        </div>
      )}
    </Page>
  );
}

function Tiers({ queue: { tiers, workspaces, deadLetters } }: { queue: Queue }) {
  const dead = deadLetters >= MANY ? `${asCount(MANY)} or more` : asCount(deadLetters);
  return (
    <Card>
      <CardHeader
        title="Executions"
        description={`Those that have not ended, by tier. ${dead} that failed in production have been neither retried nor dismissed.`}
      />
      <Table heads={['Tier', 'Status', 'Number', 'Oldest']} empty={tiers.length === 0}>
        {tiers.map(({ tier, status, count, oldestAt }) => (
          <Row key={`${tier} ${status}`}>
            <span className="capitalize">{tier}</span>
            <StatusBadge status={status} />
            {asCount(count)}
            <RelativeTime date={oldestAt} />
          </Row>
        ))}
      </Table>
      {workspaces.length > 0 ? (
        <Table heads={['Workspace', 'Queued', 'Running']}>
          {workspaces.map(({ id, name, queued, running }) => (
            <Row key={id}>
              <span className="wrap-anywhere">{name}</span>
              {asCount(queued)}
              {asCount(running)}
            </Row>
          ))}
        </Table>
      ) : null}
    </Card>
  );
}

function Jobs({ queue: { jobs } }: { queue: Queue }) {
  return (
    <Card>
      <CardHeader
        title="Jobs"
        description="What is done beside the executions. Ones that fail are tried again."
      />
      <Table heads={['Job', 'Waiting', 'Running', 'Given up', 'Oldest']} empty={jobs.length === 0}>
        {jobs.map(({ task, waiting, running, failed, oldestAt }) => (
          <Row key={task}>
            <code className="font-mono text-xs">{task}</code>
            {asCount(waiting)}
            {asCount(running)}
            {asCount(failed)}
            {oldestAt ? <RelativeTime date={oldestAt} /> : ''}
          </Row>
        ))}
      </Table>
    </Card>
  );
}

function Failures({ queue: { failures } }: { queue: Queue }) {
  return (
    <Card>
      <CardHeader title="Failed tries" description="The latest ones of jobs that are not done." />
      <ul className="divide-y divide-border border-border border-t">
        {failures.map(({ id, task, attempts, maxAttempts, error }) => (
          <li key={id} className="px-5 py-2.5 text-ui">
            <p>
              <code className="font-mono text-xs">{task}</code>{' '}
              <span className="text-foreground-muted text-xs">
                try {attempts} of {maxAttempts}
              </span>
            </p>
            <p className="mt-0.5 text-danger text-xs wrap-anywhere">{error}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Table({
  heads,
  empty = false,
  children,
}: {
  heads: string[];
  empty?: boolean;
  children: ReactNode;
}) {
  if (empty) return <p className="px-5 pb-5 text-foreground-muted text-ui">Nothing.</p>;
  return (
    <div className="overflow-x-auto border-border border-t">
      <table className="w-full text-ui">
        <thead className="text-left text-foreground-muted text-xs">
          <tr>
            {heads.map((head) => (
              <th key={head} className="px-5 py-2 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-border border-border border-t">{children}</tbody>
      </table>
    </div>
  );
}

function Row({ children }: { children: ReactNode[] }) {
  return (
    <tr>
      {children.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a row have fixed places
        <td key={i} className="whitespace-nowrap px-5 py-2 tabular-nums first:whitespace-normal">
          {cell}
        </td>
      ))}
    </tr>
  );
}
