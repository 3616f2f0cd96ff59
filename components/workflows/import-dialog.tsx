'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportReport } from './import-report.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** First the file, then what became of it. */
export function ImportDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="lg">
        <ImportSteps onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ImportSteps({ onClose }: { onClose: () => void }) {
  const path = useWorkspacePath();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const load = useMutation(
    trpc.workflows.import.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() }),
    }),
  );
  if (load.data) {
    return (
      <>
        <DialogHeader>
          <DialogTitle>Imported “{load.data.workflow.name}”</DialogTitle>
          <DialogDescription>It is a draft: nothing runs until you activate it.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <ImportReport
            report={load.data.report}
            connect={({ node, slot }) => {
              const id = load.data.workflow.draft.nodes.find(({ name }) => name === node)?.id;
              if (!id) return null;
              const query = new URLSearchParams({
                node: id,
                ...(slot ? { field: `credentials.${slot}` } : {}),
              });
              return (
                <Button asChild size="sm">
                  <Link href={path(`workflows/${load.data.workflow.id}?${query}`)}>Connect</Link>
                </Button>
              );
            }}
          />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Close</Button>
          <Button asChild variant="primary">
            <Link href={path(`workflows/${load.data.workflow.id}`)}>Open workflow</Link>
          </Button>
        </DialogFooter>
      </>
    );
  }
  return (
    <>
      <DialogHeader>
        <DialogTitle>Import a workflow</DialogTitle>
        <DialogDescription>
          A workflow of n8n (JSON) or of LinkFlow (JSON or YAML). Its data stays in this workspace.
        </DialogDescription>
      </DialogHeader>
      <ImportForm
        pending={load.isPending}
        error={load.error ? errorMessage(load.error) : null}
        onImport={(text) => load.mutate({ text })}
        onClose={onClose}
      />
    </>
  );
}
