'use client';
import { Page } from '#components/layout/page.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { DeadLetterFilters } from './dead-letter-filters.tsx';
import { DeadLetterList } from './dead-letter-list.tsx';
import { GroupList } from './group-list.tsx';
import { useBulk } from './use-bulk.ts';
import { useDeadLetterView } from './use-dead-letter-view.ts';

export function DeadLettersPage() {
  const { shown, hrefOf, show } = useDeadLetterView();
  const bulk = useBulk();
  const clear = () => show({ view: shown.view });
  return (
    <Page
      title="Failed"
      description="Executions that failed in production and that nobody has retried or dismissed yet."
    >
      <div className="flex flex-col gap-3">
        <DeadLetterFilters shown={shown} onChange={show} />
        <BulkProgress bulk={bulk} />
        {shown.view === 'groups' ? (
          <GroupList workflowId={shown.workflowId} hrefOf={hrefOf} bulk={bulk} onClear={clear} />
        ) : (
          <DeadLetterList
            filter={{ workflowId: shown.workflowId, message: shown.message }}
            bulk={bulk}
            onClear={clear}
          />
        )}
      </div>
    </Page>
  );
}
