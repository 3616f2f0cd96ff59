'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useExecutionNotices } from '#components/executions/use-execution-notices.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import { NoWorkflows } from './no-workflows.tsx';
import { WORKFLOW_COLUMNS, WorkflowRow } from './workflow-row.tsx';

export function WorkflowList({ onImport }: { onImport: () => void }) {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim());
  const list = useInfiniteQuery({
    ...trpc.workflows.list.infiniteQueryOptions(
      { search: wanted || undefined },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  useExecutionNotices({}, [trpc.workflows.list.pathKey()]);

  return (
    <PagedList
      list={list}
      label="Workflows"
      filter={
        wanted || search ? { noMatch: `No workflow matches “${wanted}”`, clear: () => setSearch('') } : null
      }
      empty={<NoWorkflows onImport={onImport} />}
      columns={{
        className: WORKFLOW_COLUMNS,
        heads: (
          <>
            <span>Name</span>
            <span>Status</span>
            <span>Last run</span>
            <span>Changed</span>
          </>
        ),
      }}
      row={(workflow) => <WorkflowRow key={workflow.id} workflow={workflow} />}
      toolbar={
        <SearchInput
          label="Search workflows"
          value={search}
          onValueChange={setSearch}
          className="w-full sm:w-72"
        />
      }
    />
  );
}
