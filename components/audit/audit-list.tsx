'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { AuditEntry } from '#server/audit/schema.ts';
import { actionText } from './audit-words.ts';

export function AuditList({ filter }: { filter: { subject?: string } }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <PagedList
      list={list}
      label="Entries"
      empty={
        <Card>
          <EmptyState icon={<ScrollText />} title="Nothing yet">
            What people and API keys change here is written down, with what it was before.
          </EmptyState>
        </Card>
      }
      row={(entry) => <Entry key={entry.id} entry={entry} />}
    />
  );
}

function Entry({ entry: { action, user, at, subjectId, before, after } }: { entry: AuditEntry }) {
  return (
    <li className="px-4 py-2.5">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-0.5 text-ui">
          <span className="font-medium">{actionText(action)}</span>
          <span className="min-w-0 flex-1 truncate text-foreground-muted" title={user?.email}>
            {user?.name ?? 'the system'}
          </span>
          <span className="text-foreground-subtle text-xs">
            <RelativeTime date={at} />
          </span>
        </summary>
        <dl className="mt-2 grid gap-3 text-xs sm:grid-cols-2">
          {subjectId ? (
            <div className="sm:col-span-2">
              <dt className="text-foreground-subtle">Id</dt>
              <dd className="font-mono wrap-anywhere">{subjectId}</dd>
            </div>
          ) : null}
          <Side label="Before" value={before} />
          <Side label="After" value={after} />
        </dl>
      </details>
    </li>
  );
}

function Side({ label, value }: { label: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <div className="min-w-0">
      <dt className="text-foreground-subtle">{label}</dt>
      <dd>
        <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap rounded-md bg-muted p-2.5 font-mono wrap-anywhere">
          {JSON.stringify(value, null, 2)}
        </pre>
      </dd>
    </div>
  );
}
