'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { planOf } from '#server/plans/schema.ts';
import { useCurrentWorkspace } from './me-provider.tsx';

export function WorkspaceFactsCard() {
  const trpc = useTRPC();
  const { id, role } = useCurrentWorkspace();
  const { data } = useQuery(trpc.workspaces.get.queryOptions());
  return (
    <Card>
      <CardHeader title="About" />
      <dl className="divide-y divide-border border-t border-border text-ui">
        <Fact term="Workspace id">
          <code className="truncate font-mono text-xs">{id}</code>
          <CopyButton text={id} label="Copy the id" />
        </Fact>
        <Fact term="Plan">
          {data ? <Badge tone="accent">{planOf(data.plan).name}</Badge> : <Skeleton className="h-5 w-14" />}
        </Fact>
        <Fact term="Created">
          {data ? (
            data.createdAt.toLocaleDateString('en', { dateStyle: 'long' })
          ) : (
            <Skeleton className="h-4 w-28" />
          )}
        </Fact>
        <Fact term="Your role">
          <span className="capitalize">{role}</span>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-4 px-5 py-1.5">
      <dt className="shrink-0 text-foreground-muted">{term}</dt>
      <dd className="flex min-w-0 items-center gap-1">{children}</dd>
    </div>
  );
}
