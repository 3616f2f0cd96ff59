'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

/** For a workflow that its budget paused: it goes on as it was published. */
export function StartAgainButton({ workflowId, name }: { workflowId: string; name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const resume = useMutation(
    trpc.workflows.resume.mutationOptions({
      onSuccess: () => toast.success(`“${name}” is live again.`),
      onSettled: () => {
        setAsking(false);
        return Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.usage.pathKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() }),
        ]);
      },
    }),
  );
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Start again
        <span className="sr-only">: {name}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Start “${name}” again?`}
        confirmLabel="Start again"
        danger={false}
        pending={resume.isPending}
        onConfirm={() => resume.mutate({ id: workflowId })}
      >
        Its triggers are on again, with the version that was published last. What was refused meanwhile is not
        made up for.
      </ConfirmDialog>
    </>
  );
}
