'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { CredentialDetail } from '#server/credentials/schema.ts';

const SHOWN = 10;

/** Asks first, and names what stops working. */
export function DeleteCredential({ credential: { id, name, usedIn } }: { credential: CredentialDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const path = useWorkspacePath();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.credentials.delete.mutationOptions({
      onSuccess: () => {
        toast.success(`“${name}” is deleted.`);
        void queryClient.invalidateQueries({ queryKey: trpc.credentials.list.pathKey() });
        router.push(path('credentials'));
      },
      onError: () => setAsking(false),
    }),
  );
  return (
    <>
      <Button variant="danger-ghost" onClick={() => setAsking(true)}>
        <Trash2 />
        Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${name}”?`}
        confirmLabel="Delete credential"
        pending={remove.isPending || remove.isSuccess}
        onConfirm={() => remove.mutate({ id })}
      >
        {usedIn.length === 0 ? (
          <p>No workflow uses it. The secret is gone for good.</p>
        ) : (
          <>
            <p>
              The secret is gone for good, and{' '}
              {usedIn.length === 1 ? 'this workflow fails' : 'these workflows fail'} from now on:
            </p>
            <ul className="mt-2 list-disc pl-5 text-foreground">
              {usedIn.slice(0, SHOWN).map((workflow) => (
                <li key={workflow.id} className="wrap-anywhere">
                  {workflow.name}
                </li>
              ))}
              {usedIn.length > SHOWN ? <li>and {usedIn.length - SHOWN} more</li> : null}
            </ul>
          </>
        )}
      </ConfirmDialog>
    </>
  );
}
