'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { CircuitSummary } from '#server/circuits/schema.ts';

export function TryNowButton({ circuit: { host, credentialId } }: { circuit: CircuitSummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const close = useMutation(
    trpc.circuits.close.mutationOptions({
      onSuccess: () => toast.success(`The next call to ${host} goes out.`),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.circuits.list.queryKey() }),
    }),
  );
  if (!may.edit) return null;
  return (
    <Button
      size="sm"
      pending={close.isPending}
      aria-label={`Try ${host} now`}
      title="Forget the failures: the next call goes out."
      onClick={() => close.mutate({ host, credentialId })}
    >
      Try now
    </Button>
  );
}
