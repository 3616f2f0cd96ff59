'use client';
import { UserCheck } from 'lucide-react';
import Link from 'next/link';
import { useExecutionNotices } from '#components/executions/use-execution-notices.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { ApprovalRow } from './approval-row.tsx';
import { usePendingApprovals } from './use-pending-approvals.ts';

export function ApprovalList() {
  const trpc = useTRPC();
  const path = useWorkspacePath();
  const list = usePendingApprovals();
  useExecutionNotices({}, [trpc.approvals.list.queryKey()]);
  if (list.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading approvals" />
      </Card>
    );
  }
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const approvals = list.data.data;
  if (approvals.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<UserCheck />}
          title="Nobody is waiting for you"
          actions={
            <Button asChild variant="primary">
              <Link href={path('workflows')}>Go to workflows</Link>
            </Button>
          }
        >
          Add an Approval node where a person should decide: before money is sent, a post goes out or data is
          deleted. Its question appears here and behind a link that you can send to anybody, and the workflow
          waits without costing anything.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ul className="flex flex-col gap-4">
      {approvals.map((approval) => (
        <ApprovalRow key={approval.id} approval={approval} />
      ))}
    </ul>
  );
}
