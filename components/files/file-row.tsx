'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, File as FileIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { sizeText } from '#engine/file-view.ts';
import { cn } from '#lib/cn.ts';
import type { WorkspaceFileSummary } from '#server/files/schema.ts';

/** Shared by the head of the list and its rows. */
export const FILE_COLUMNS = 'gap-x-6 md:grid-cols-[minmax(0,1fr)_6rem_6rem_4.5rem] md:items-center';

export function FileRow({ file }: { file: WorkspaceFileSummary }) {
  const path = useWorkspacePath();
  const may = useMay();
  const [deleting, setDeleting] = useState(false);
  const cut = file.path.lastIndexOf('/') + 1;
  return (
    <li
      className={cn(FILE_COLUMNS, 'flex flex-wrap items-center gap-y-1 px-4 py-2.5 max-md:gap-x-2 md:grid')}
    >
      <p className="flex w-full min-w-0 items-center gap-2.5 text-sm max-md:pr-20">
        <FileIcon aria-hidden="true" className="size-4 shrink-0 text-foreground-subtle" />
        <span className="truncate" title={file.path}>
          <span className="text-foreground-muted">{file.path.slice(0, cut)}</span>
          <span className="font-medium">{file.path.slice(cut)}</span>
        </span>
      </p>
      <p className="text-foreground-muted text-xs tabular-nums max-md:pl-6.5 md:text-right">
        {sizeText(file.sizeBytes)}
      </p>
      <p className="text-foreground-muted text-xs">
        <RelativeTime date={file.updatedAt} />
      </p>
      <div className="flex justify-end gap-1 max-md:-mt-8 max-md:ml-auto">
        <a
          href={`${path('files/content')}?path=${encodeURIComponent(file.path)}`}
          download
          aria-label={`Download ${file.path}`}
          className="inline-flex size-8 items-center justify-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
        >
          <Download className="size-4" />
        </a>
        {may.edit ? (
          <IconButton label={`Delete ${file.path}`} onClick={() => setDeleting(true)}>
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
      <DeleteFileDialog file={file} open={deleting} onOpenChange={setDeleting} />
    </li>
  );
}

interface DeleteFileDialogProps {
  file: WorkspaceFileSummary;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function DeleteFileDialog({ file, open, onOpenChange }: DeleteFileDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.files.delete.mutationOptions({
      onSuccess: () => toast.success(`“${file.path}” was deleted.`),
      onSettled: () => {
        onOpenChange(false);
        return queryClient.invalidateQueries({ queryKey: trpc.files.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete “${file.path}”?`}
      confirmLabel="Delete file"
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ path: file.path })}
    >
      Workflows that read it fail from now on. This cannot be undone.
    </ConfirmDialog>
  );
}
