'use client';
import { Copy, Download, ListVideo, MoreHorizontal, PowerOff, Rocket, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { WorkflowSummary } from '#server/workflows/schema.ts';
import { N8nExportDialog } from './n8n-export-dialog.tsx';
import { useWorkflowActions } from './use-workflow-actions.ts';

export function WorkflowMenu({ workflow }: { workflow: WorkflowSummary }) {
  const may = useMay();
  const path = useWorkspacePath();
  const actions = useWorkflowActions(workflow);
  const [deleting, setDeleting] = useState(false);
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`Actions for ${workflow.name}`} tooltip={false} className="relative z-1">
            <MoreHorizontal />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-52">
          {may.edit && (!workflow.active || workflow.liveDiffers) ? (
            <DropdownMenuItem onSelect={() => actions.activate.mutate({ id: workflow.id })}>
              <Rocket />
              {workflow.active ? 'Publish changes' : 'Activate'}
            </DropdownMenuItem>
          ) : null}
          {may.edit && workflow.active ? (
            <DropdownMenuItem onSelect={() => actions.deactivate.mutate({ id: workflow.id })}>
              <PowerOff />
              Deactivate
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuItem asChild>
            <Link href={path(`executions?workflowId=${workflow.id}`)}>
              <ListVideo />
              Show executions
            </Link>
          </DropdownMenuItem>
          {may.edit ? (
            <DropdownMenuItem onSelect={() => actions.duplicate.mutate({ id: workflow.id })}>
              <Copy />
              Duplicate
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => void actions.download('json')}>
            <Download />
            Export as JSON
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void actions.download('yaml')}>
            <Download />
            Export as YAML
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setExporting(true)}>
            <Download />
            Export for n8n…
          </DropdownMenuItem>
          {may.edit ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem danger onSelect={() => setDeleting(true)}>
                <Trash2 />
                Delete…
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {exporting ? (
        <N8nExportDialog
          workflowId={workflow.id}
          load={actions.exportForN8n}
          onClose={() => setExporting(false)}
        />
      ) : null}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete “${workflow.name}”?`}
        confirmLabel="Delete workflow"
        pending={actions.remove.isPending}
        onConfirm={() => actions.remove.mutate({ id: workflow.id }, { onSettled: () => setDeleting(false) })}
      >
        Its draft and versions are deleted{workflow.active ? ', and its triggers stop at once' : ''}. Its past
        executions stay. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
