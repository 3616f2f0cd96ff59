'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { usePlanChanged } from './use-plan-changed.ts';

/**
 * Whoever comes back from Stripe's pages sees at once what they did there: the state is read anew, without waiting for
 * Stripe to tell. True while that is under way.
 */
export function useBackFromStripe(): boolean {
  const trpc = useTRPC();
  const router = useRouter();
  const path = useWorkspacePath();
  const query = useSearchParams();
  const bought = query.get('checkout') === 'done';
  const back = bought || query.get('portal') === 'done';
  const asked = useRef(false);
  const changed = usePlanChanged();
  const refresh = useMutation(
    trpc.billing.refresh.mutationOptions({
      onSuccess: () => {
        if (bought) toast.success('Thank you. The plan holds from now on.');
      },
      onSettled: async () => {
        await changed();
        router.replace(path('billing'));
      },
    }),
  );
  useEffect(() => {
    if (!back || asked.current) return;
    asked.current = true; // an effect may run twice, the question is asked once
    refresh.mutate();
  }, [back, refresh]);
  return refresh.isPending;
}
