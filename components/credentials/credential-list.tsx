'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
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
  const clear = () => {
    setText('');
    setType(ALL);
  };
  return (
    <PagedList
      list={list}
      label="Credentials"
      filter={search !== '' || type !== ALL ? { noMatch: 'No credential matches', clear } : null}
      empty={
        <Card>
          <NoCredentials onCreate={onCreate} />
        </Card>
      }
      columns={{
        className: CREDENTIAL_COLUMNS,
        heads: (
          <>
            <span>Name</span>
            <span>Who may use it</span>
            <span>Last used</span>
          </>
        ),
      }}
      row={(credential) => <CredentialRow key={credential.id} credential={credential} />}
      toolbar={
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
      }
    />
  );
}
