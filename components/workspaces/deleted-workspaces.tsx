'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { Avatar } from '#components/layout/avatar.tsx';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { DeletedWorkspace } from '#server/workspaces/schema.ts';

/** What one could restore. */
export function DeletedWorkspaces() {
  const trpc = useTRPC();
  const list = useQuery(trpc.workspaces.listDeleted.queryOptions());
  return (
    <Page
      title="Deleted workspaces"
      description="Their owners can restore them for 30 days. Nothing in them runs meanwhile, and nobody else sees them."
      narrow
      actions={
        <Button asChild>
          <Link href="/">Back to LinkFlow</Link>
        </Button>
      }
    >
      {list.isPending ? (
        <Card>
          <ListSkeleton label="Loading deleted workspaces" />
        </Card>
      ) : list.isError ? (
        <QueryError error={list.error} onRetry={() => list.refetch()} />
      ) : (
        <Card>
          {list.data.length === 0 ? (
            <EmptyState icon={<Trash2 />} title="Nothing here">
              A workspace that you own and delete is kept here for 30 days.
            </EmptyState>
          ) : (
            <ul className="divide-y divide-border">
              {list.data.map((workspace) => (
                <Row key={workspace.id} workspace={workspace} />
              ))}
            </ul>
          )}
        </Card>
      )}
    </Page>
  );
}

function Row({ workspace: { id, name, deletedAt, purgeAt } }: { workspace: DeletedWorkspace }) {
  const trpc = useTRPC();
  const restore = useMutation(
    trpc.workspaces.restore.mutationOptions({ onSuccess: () => location.assign(`/w/${id}/workflows`) }),
  );
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <Avatar name={name} seed={id} square className="size-8 text-xs" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="text-foreground-muted text-xs">
          deleted {asDate(deletedAt)}, gone for good after {asDate(purgeAt)}
        </p>
      </div>
      <Button
        aria-label={`Restore ${name}`}
        pending={restore.isPending || restore.isSuccess}
        onClick={() => restore.mutate({ id })}
      >
        Restore
      </Button>
    </li>
  );
}

const asDate = (date: Date) =>
  date.toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
