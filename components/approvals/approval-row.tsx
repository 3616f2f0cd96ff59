'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { Approval } from '#server/waits/schema.ts';
import { DecideForm } from './decide-form.tsx';
import { QuestionBody } from './question-body.tsx';

export function ApprovalRow({ approval }: { approval: Approval }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const { id, title, message, details, allowComment, url } = approval;
  const decide = useMutation(
    trpc.approvals.decide.mutationOptions({
      onSuccess: ({ decision }) =>
        toast.success(decision === 'approved' ? `Approved: ${title}` : `Rejected: ${title}`),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.approvals.list.queryKey() }),
    }),
  );
  return (
    <li>
      <Card className="flex flex-col gap-4 p-4 sm:p-5">
        <div className="flex items-start justify-between gap-3">
          <div className="flex min-w-0 flex-col gap-1">
            <h2 className="text-sm font-semibold wrap-anywhere">{title}</h2>
            <Facts approval={approval} />
          </div>
          {url ? <CopyButton text={url} label="Copy the link that decides this" /> : null}
        </div>
        <QuestionBody message={message} details={details} />
        {may.edit ? (
          <DecideForm
            question={title}
            allowComment={allowComment}
            pending={decide.isPending || decide.isSuccess ? decide.variables.decision : null}
            onDecide={(decision, comment) => decide.mutate({ id, decision, comment })}
          />
        ) : (
          <p className="text-ui text-foreground-muted">Viewers see questions; members decide.</p>
        )}
      </Card>
    </li>
  );
}

function Facts({ approval: { workflowName, executionId, since, until } }: { approval: Approval }) {
  const path = useWorkspacePath();
  return (
    <p className="flex flex-wrap gap-x-2 gap-y-0.5 text-xs text-foreground-muted">
      <Link
        href={path(`executions/${executionId}`)}
        className="rounded font-medium text-accent-text wrap-anywhere underline-offset-4 hover:underline"
      >
        {workflowName}
      </Link>
      <span>
        asked <RelativeTime date={since} />
      </span>
      {until ? (
        <span>
          until{' '}
          <time dateTime={until.toISOString()}>
            {until.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
        </span>
      ) : null}
    </p>
  );
}
