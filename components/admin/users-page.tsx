'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '#components/layout/avatar.tsx';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import type { AdminUser } from '#server/admin/schema.ts';
import { UserActions } from './user-actions.tsx';

export function UsersPage() {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim()) || undefined;
  const list = useInfiniteQuery({
    ...trpc.admin.users.infiniteQueryOptions(
      { search },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="People" description="Everybody who has an account, the newest first.">
      <SearchInput
        label="Search by name or address"
        value={text}
        onValueChange={setText}
        className="mb-3 max-w-sm"
      />
      <PagedList
        list={list}
        label="People"
        empty={
          <Card>
            <EmptyState icon={<Users />} title="Nobody found" />
          </Card>
        }
        row={(user) => <UserRow key={user.id} user={user} />}
      />
    </Page>
  );
}

function UserRow({ user }: { user: AdminUser }) {
  const { id, name, email, isAdmin, blockedAt, emailVerified, twoFactor, sessions, workspaces } = user;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Avatar name={name} seed={id} className="size-8 text-xs" />
      <div className="min-w-0 flex-1 basis-2/3 sm:basis-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
          <span className="truncate">{name}</span>
          {isAdmin ? <Badge tone="accent">Operator</Badge> : null}
          {blockedAt ? <Badge tone="danger">Blocked</Badge> : null}
          {twoFactor ? <Badge tone="success">Two-factor</Badge> : null}
          {emailVerified ? null : <Badge tone="warning">Not confirmed</Badge>}
        </p>
        <p className="truncate text-foreground-muted text-xs">{email}</p>
      </div>
      <p className="text-foreground-muted text-xs max-sm:ml-11 sm:w-44">
        {workspaces} {workspaces === 1 ? 'workspace' : 'workspaces'}, {sessions}{' '}
        {sessions === 1 ? 'browser' : 'browsers'}
        <br />
        {user.lastSeenAt ? (
          <>
            seen <RelativeTime date={user.lastSeenAt} />
          </>
        ) : (
          <>
            signed up <RelativeTime date={user.createdAt} />
          </>
        )}
      </p>
      <div className="ml-auto">
        <UserActions user={user} />
      </div>
    </li>
  );
}
