'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import { type AdminWorkspace, MANY } from '#server/admin/schema.ts';
import { planOf } from '#server/plans/schema.ts';
import { CreditForm } from './credit-form.tsx';
import { asCount } from './figure.tsx';
import { PlanForm } from './plan-form.tsx';
import { SeatsForm } from './seats-form.tsx';
import { UsageOf } from './usage-of.tsx';

export function WorkspacesPage() {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim()) || undefined;
  const list = useInfiniteQuery({
    ...trpc.admin.workspaces.infiniteQueryOptions(
      { search },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="Workspaces" description="All of them, the newest first.">
      <SearchInput
        label="Search by name or id"
        value={text}
        onValueChange={setText}
        className="mb-3 max-w-sm"
      />
      <PagedList
        list={list}
        label="Workspaces"
        empty={
          <Card>
            <EmptyState icon={<Building2 />} title="No workspace found" />
          </Card>
        }
        row={(workspace) => <WorkspaceRow key={workspace.id} workspace={workspace} />}
      />
    </Page>
  );
}

function WorkspaceRow({ workspace }: { workspace: AdminWorkspace }) {
  const { id, name, plan, planOverride, seats, members, workflows, executions, purgeAt } = workspace;
  const [open, setOpen] = useState(false);
  return (
    <li className="px-4 py-3">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 text-ui">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <Badge tone="accent">
            {planOf(plan).name}
            {planOverride === null ? '' : ', set by an operator'}
          </Badge>
          {purgeAt ? (
            <Badge tone="danger">
              deleted, purged after {purgeAt.toLocaleDateString('en', { dateStyle: 'medium' })}
            </Badge>
          ) : null}
          <span className="text-foreground-muted text-xs sm:ml-auto">
            {asCount(members)}
            {seats === null ? '' : ` of ${asCount(seats)}`}{' '}
            {members === 1 && seats === null ? 'member' : 'members'}, {asCount(workflows)}{' '}
            {workflows === 1 ? 'workflow' : 'workflows'},{' '}
            {executions >= MANY ? `${asCount(MANY)} or more` : asCount(executions)} executions in 30 days
          </span>
        </summary>
        {open ? (
          <div className="mt-3 grid gap-5 sm:grid-cols-2">
            <Members id={id} />
            <div className="flex flex-col items-start gap-4">
              <UsageOf id={id} />
              <PlanForm id={id} planOverride={planOverride} />
              <CreditForm id={id} />
              <SeatsForm id={id} seats={seats} />
              <Button asChild size="sm">
                <Link href={`/admin/executions?workspace=${id}`}>Its executions</Link>
              </Button>
              <p className="font-mono text-foreground-subtle text-xs wrap-anywhere">{id}</p>
            </div>
          </div>
        ) : null}
      </details>
    </li>
  );
}

function Members({ id }: { id: string }) {
  const trpc = useTRPC();
  const members = useQuery(trpc.admin.workspaceMembers.queryOptions({ id }));
  if (members.isPending) return <ListSkeleton label="Loading members" />;
  if (members.isError) return <QueryError error={members.error} onRetry={() => members.refetch()} />;
  return (
    <ul aria-label="Members" className="flex flex-col gap-1.5 text-ui">
      {members.data.data.map(({ userId, name, email, role }) => (
        <li key={userId} className="min-w-0">
          <span className="font-medium">{name}</span>{' '}
          <span className="text-foreground-muted wrap-anywhere">
            {email}, {role}
          </span>
        </li>
      ))}
    </ul>
  );
}
