'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ApprovalView } from '#server/waits/schema.ts';
import { AnswerNote } from './answer-note.tsx';
import { DecideForm } from './decide-form.tsx';
import { QuestionBody } from './question-body.tsx';

/** What an approval link opens: the question, and the answer once there is one. Nobody needs an account for it. */
export function ApprovalCard({ token }: { token: string }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.approvals.preview.queryOptions({ token }, { retry: false }));
  if (preview.isPending) {
    return (
      <AuthCard title="Approval" wide>
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">Loading the question</span>
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="mt-3 h-10" />
        </div>
      </AuthCard>
    );
  }
  if (preview.isError) {
    const gone = errorCode(preview.error) === 'NOT_FOUND';
    return (
      <AuthCard
        title={gone ? 'This link does not work' : 'The question could not be loaded'}
        description={
          gone
            ? 'It may have been cut off on its way, or what it was about is gone. Ask whoever sent it.'
            : errorMessage(preview.error)
        }
      >
        {gone ? null : (
          <Button size="lg" className="w-full" onClick={() => preview.refetch()}>
            Try again
          </Button>
        )}
      </AuthCard>
    );
  }
  return <AskedQuestion token={token} view={preview.data} onChanged={() => preview.refetch()} />;
}

const CLOSED: Partial<Record<ApprovalView['state'], string>> = {
  expired: 'It is too late to decide: the question has expired.',
  closed: 'Nobody waits for this decision any more: the workflow has ended or was stopped.',
};

function AskedQuestion({
  token,
  view,
  onChanged,
}: {
  token: string;
  view: ApprovalView;
  onChanged: () => unknown;
}) {
  const trpc = useTRPC();
  const decide = useMutation(
    trpc.approvals.decideByLink.mutationOptions({
      meta: { showsError: true },
      onSettled: () => void onChanged(), // also when somebody else was faster: shows what they said
    }),
  );
  const closed = CLOSED[view.state];
  const answer = view.answer ?? decide.data;
  return (
    <AuthCard wide title={view.title} description={<Asker view={view} />}>
      <div className="flex flex-col gap-5">
        <QuestionBody message={view.message} details={view.details} />
        {decide.error ? <Callout tone="danger">{errorMessage(decide.error)}</Callout> : null}
        {decide.data ? <p className="text-ui">Thank you. The workflow goes on with your answer.</p> : null}
        {answer ? <AnswerNote answer={answer} /> : null}
        {closed ? <Callout tone="info">{closed}</Callout> : null}
        {view.state === 'open' && !answer ? (
          <DecideForm
            question={view.title}
            allowComment={view.allowComment}
            pending={decide.isPending ? decide.variables.decision : null}
            size="lg"
            onDecide={(decision, comment) => decide.mutate({ token, decision, comment })}
          />
        ) : null}
      </div>
    </AuthCard>
  );
}

function Asker({ view: { workflowName, until, state } }: { view: ApprovalView }) {
  return (
    <>
      The workflow <strong className="font-medium text-foreground wrap-anywhere">{workflowName}</strong>{' '}
      {state === 'open' ? 'waits for your decision' : 'asked for a decision'}
      {state === 'open' && until
        ? ` until ${until.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`
        : ''}
      .
    </>
  );
}
