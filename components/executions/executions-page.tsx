'use client';
import { Page } from '#components/layout/page.tsx';
import { ExecutionFilters } from './execution-filters.tsx';
import { ExecutionList } from './execution-list.tsx';
import { useExecutionFilter } from './use-execution-filter.ts';

export function ExecutionsPage() {
  const { filter, setFilter } = useExecutionFilter();
  return (
    <Page title="Executions" description="Every run of every workflow, with the data of each step.">
      <div className="flex flex-col gap-3">
        <ExecutionFilters filter={filter} onChange={setFilter} />
        <ExecutionList filter={filter} onClear={() => setFilter({})} />
      </div>
    </Page>
  );
}
