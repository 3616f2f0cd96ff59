'use client';
import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { WorkflowUsageRow } from './workflow-usage-row.tsx';

/** Which workflows use the month, and what each of them may use of it. */
export function WorkflowUsageCard() {
  const trpc = useTRPC();
  const workflows = useQuery(trpc.usage.byWorkflow.queryOptions());
  return (
    <Card id="by-workflow" aria-label="By workflow" className="scroll-mt-4">
      <CardHeader
        title="By workflow"
        description="A budget keeps one workflow from using up the month of all: when it is spent, that workflow is paused."
      />
      {workflows.isPending ? (
        <ListSkeleton label="Loading workflows" />
      ) : !workflows.data ? (
        <QueryError error={workflows.error} onRetry={() => workflows.refetch()} />
      ) : workflows.data.length === 0 ? (
        <EmptyState icon={<Gauge />} title="Nothing has been counted this month">
          Starts by webhooks, forms, chats, mails, schedules and the API count. What you try out in the editor
          does not, nor do retries and what one workflow starts in another.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {workflows.data.map((workflow) => (
            <WorkflowUsageRow
              key={workflow.workflowId}
              workflow={workflow}
              most={workflows.data[0]?.executions ?? 0}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
