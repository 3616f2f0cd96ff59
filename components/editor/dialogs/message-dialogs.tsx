'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
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
import { useEditing, useEditor } from '../editor-context.tsx';
import { IssueList } from '../top-bar/issue-list.tsx';

/** Somebody else saved meanwhile: nothing is lost before the user has chosen. */
export function ConflictDialog({ onClose }: { onClose: () => void }) {
  const { actions } = useEditing();
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Changed in another place</DialogTitle>
          <DialogDescription>
            Somebody saved this workflow while you were editing, perhaps you in another tab. Your changes are
            kept in this browser until you decide.
          </DialogDescription>
        </DialogHeader>
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            Decide later
          </Button>
          <Button onClick={() => actions.takeTheirs()}>Load theirs, drop mine</Button>
          <Button variant="primary" onClick={() => actions.keepMine()}>
            Overwrite with mine
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Why the draft cannot go live, with the way to each place. */
export function PublishProblemsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Not ready to go live</DialogTitle>
          <DialogDescription>Correct the errors first. Warnings may stay.</DialogDescription>
        </DialogHeader>
        <DialogBody className="px-3">
          <IssueList onPick={onClose} />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

export function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { backend } = useEditing();
  const name = useEditor((s) => s.draft.name);
  const router = useRouter();
  const path = useWorkspacePath();
  const [pending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    try {
      await backend.remove();
      toast.success(`“${name}” is deleted`);
      router.push(path('workflows'));
    } catch (error) {
      toast.error(errorMessage(error));
      setPending(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Delete “{name}”?</DialogTitle>
          <DialogDescription>Its triggers stop at once. Past executions stay.</DialogDescription>
        </DialogHeader>
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" pending={pending} onClick={remove}>
            Delete
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
