'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { FormEndingView } from './form-ending-view.tsx';
import { FormFrame, FormSkeleton } from './form-frame.tsx';
import { FormPageView } from './form-page-view.tsx';

/** While the workflow works; a page that waits for a person is asked for again when the person sends it. */
const ASK_EVERY_MS = 700;

/** What comes after a form has been filled in: further pages, waiting, the end. */
export function FormRun({ token }: { token: string }) {
  const trpc = useTRPC();
  const next = useQuery(
    trpc.forms.state.queryOptions(
      { token },
      {
        retry: (failures, error) => errorCode(error) !== 'NOT_FOUND' && failures < 5,
        refetchInterval: (query) => (query.state.data?.state === 'running' ? ASK_EVERY_MS : false),
      },
    ),
  );
  if (next.isPending) return <FormSkeleton />;
  if (!next.data) {
    const gone = errorCode(next.error) === 'NOT_FOUND';
    return (
      <FormFrame
        title={gone ? 'This link does not work' : 'What comes next could not be loaded'}
        description={gone ? 'It may have been cut off on its way.' : errorMessage(next.error)}
      >
        {gone ? null : <Button onClick={() => next.refetch()}>Try again</Button>}
      </FormFrame>
    );
  }
  switch (next.data.state) {
    case 'page':
      return (
        <FormPageView
          key={next.data.pageId}
          page={next.data.page}
          action={`/forms/run/${token}?page=${encodeURIComponent(next.data.pageId)}`}
          onSubmitted={() => void next.refetch()}
        />
      );
    case 'ended':
      return <FormEndingView ending={next.data.ending} />;
    case 'failed':
      return (
        <FormFrame
          title="Something went wrong"
          description="Your answers arrived, but what they were to start has failed. Whoever made this form can see why."
        >
          {null}
        </FormFrame>
      );
    default:
      return (
        <FormFrame title="One moment …" description="Your answers have arrived and are being worked on.">
          <div role="status" className="flex items-center gap-2 text-foreground-muted text-ui">
            <Spinner /> Working
          </div>
        </FormFrame>
      );
  }
}
