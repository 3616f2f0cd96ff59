'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import type { FormEnding } from '#engine/events.ts';
import { FormEndingView } from './form-ending-view.tsx';
import { FormFrame, FormSkeleton } from './form-frame.tsx';
import { FormPageView } from './form-page-view.tsx';

/** The address of a form: its first page. `pass`: its visitor has proven who they are. */
export function FormStart({ endpointId, pass }: { endpointId: string; pass?: string | undefined }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [ending, setEnding] = useState<FormEnding | null>(null);
  const form = useQuery(
    trpc.forms.get.queryOptions({ endpointId, pass }, { retry: false, staleTime: 60_000 }),
  );
  if (ending) return <FormEndingView ending={ending} />;
  if (form.isPending) return <FormSkeleton />;
  if (form.isError) {
    const gone = errorCode(form.error) === 'NOT_FOUND';
    return (
      <FormFrame
        title={gone ? 'There is no form here' : 'The form could not be loaded'}
        description={
          gone
            ? 'It may be closed, or the address is not complete. Ask whoever sent it.'
            : errorMessage(form.error)
        }
      >
        {gone ? null : <Button onClick={() => form.refetch()}>Try again</Button>}
      </FormFrame>
    );
  }
  return (
    <FormPageView
      page={form.data.page}
      action={`/forms/${endpointId}`}
      withQuery
      onSubmitted={(submitted) => {
        if (submitted.next) router.push(new URL(submitted.next).pathname);
        else if (submitted.ending) setEnding(submitted.ending);
      }}
    />
  );
}
