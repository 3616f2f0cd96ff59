'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { PlanKey } from '#server/plans/schema.ts';
import { consequenceSentences } from './consequence-sentences.ts';

/** What a plan with less would change for this workspace as it is now. */
export function ConsequenceList({ plan }: { plan: PlanKey }) {
  const trpc = useTRPC();
  const consequences = useQuery(trpc.plans.consequences.queryOptions({ plan }, { staleTime: 0 }));
  if (consequences.isPending)
    return (
      <div role="status" className="flex flex-col gap-1.5">
        <span className="sr-only">Looking at what would change</span>
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-3/5" />
      </div>
    );
  if (!consequences.data)
    return (
      <p className="text-danger">
        What would change could not be found out. {errorMessage(consequences.error)}
      </p>
    );
  const sentences = consequenceSentences(consequences.data, Date.now());
  if (sentences.length === 0) return <p>Nothing of what you use now is more than that plan has.</p>;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
