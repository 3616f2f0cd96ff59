'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import { cn } from '#lib/cn.ts';
import { credentialTypes } from '#nodes/credential-types/registry.ts';
import { CREDENTIAL_COLUMNS, CredentialRow } from './credential-row.tsx';
import { NoCredentials } from './no-credentials.tsx';

const ALL = 'all';

export function CredentialList({ onCreate }: { onCreate: () => void }) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [type, setType] = useState<string>(ALL);
  const search = useDebounced(text.trim());
  const list = useInfiniteQuery({
    ...trpc.credentials.list.infiniteQueryOptions(
      { ...(search ? { search } : {}), ...(type === ALL ? {} : { type }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  if (list.isPending)
    return (
      <Card>
        <ListSkeleton label="Loading credentials" />
      </Card>
    );
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const credentials = list.data.pages.flatMap((page) => page.data);
  const filtered = search !== '' || type !== ALL;
  if (credentials.length === 0 && !filtered)
    return (
      <Card>
        <NoCredentials onCreate={onCreate} />
      </Card>
    );
  const clear = () => {
    setText('');
    setType(ALL);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search credentials"
          value={text}
          onValueChange={setText}
          className="w-full sm:w-72"
        />
        <Select value={type} onValueChange={setType}>
          <SelectTrigger aria-label="Kind" className="w-full sm:w-56">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={ALL}>Any kind</SelectItem>
            {credentialTypes.map((kind) => (
              <SelectItem key={kind.type} value={kind.type}>
                {kind.name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <Card
        aria-label="Credentials"
        className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}
      >
        {credentials.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No credential matches"
            actions={<Button onClick={clear}>Clear the search</Button>}
          />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                CREDENTIAL_COLUMNS,
                'hidden border-border border-b px-4 py-2 font-medium text-foreground-subtle text-xs md:grid',
              )}
            >
              <span>Name</span>
              <span>Who may use it</span>
              <span>Last used</span>
            </div>
            <ul className="divide-y divide-border">
              {credentials.map((credential) => (
                <CredentialRow key={credential.id} credential={credential} />
              ))}
            </ul>
          </>
        )}
      </Card>
      {list.hasNextPage ? (
        <Button
          className="self-center"
          pending={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  );
}
