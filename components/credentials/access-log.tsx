'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { accessSchema } from '#server/credentials/schema.ts';

type Access = z.output<typeof accessSchema>;

const KINDS: Record<Access['kind'], { label: string; tone: BadgeTone }> = {
  used: { label: 'Used', tone: 'neutral' },
  refused: { label: 'Refused', tone: 'danger' },
  tested: { label: 'Tested', tone: 'info' },
  refreshed: { label: 'Renewed', tone: 'neutral' },
  connected: { label: 'Connected', tone: 'success' },
};

/** Who and what opened a credential, newest first, page by page. */
export function AccessLog({ id }: { id: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.credentials.accesses.infiniteQueryOptions(
      { id, limit: 20 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const accesses = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card>
      <CardHeader
        title="Access log"
        description="Every time it was opened. It takes a few seconds until a use stands here."
        action={
          <Button size="sm" pending={list.isRefetching} onClick={() => list.refetch()}>
            Refresh
          </Button>
        }
      />
      {list.isPending ? <ListSkeleton label="Loading the access log" /> : null}
      {list.isError ? <QueryError error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.isSuccess && accesses.length === 0 ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">Nobody has opened it yet.</p>
      ) : null}
      {accesses.length > 0 ? (
        <ul aria-label="Accesses" className="divide-y divide-border border-border border-t">
          {accesses.map((access) => (
            <AccessRow key={access.id} access={access} />
          ))}
        </ul>
      ) : null}
      {list.hasNextPage ? (
        <div className="flex justify-center border-border border-t py-2.5">
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function AccessRow({ access: { kind, at, user, workflow, executionId, host } }: { access: Access }) {
  const path = useWorkspacePath();
  const { label, tone } = KINDS[kind];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2 text-ui">
      <span className="w-20 shrink-0">
        <Badge tone={tone}>{label}</Badge>
      </span>
      <span className="min-w-0 flex-1 truncate">
        {user}
        {workflow ? (
          <Link
            href={path(`workflows/${workflow.id}`)}
            className="font-medium text-accent-text hover:underline"
          >
            {workflow.name}
          </Link>
        ) : null}
        {user === null && workflow === null ? (
          <span className="text-foreground-muted">
            {executionId ? 'A deleted workflow' : 'LinkFlow itself'}
          </span>
        ) : null}
        {executionId ? (
          <>
            {' · '}
            <Link
              href={path(`executions/${executionId}`)}
              className="text-foreground-muted hover:text-foreground hover:underline"
            >
              execution
            </Link>
          </>
        ) : null}
      </span>
      {host ? (
        <code className="max-w-full truncate font-mono text-foreground-muted text-xs">{host}</code>
      ) : null}
      <RelativeTime date={at} className="text-foreground-subtle text-xs max-sm:w-full" />
    </li>
  );
}
