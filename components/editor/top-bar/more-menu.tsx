'use client';

import { Copy, Download, Ellipsis, History, Keyboard, Settings2, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { showError } from '#components/trpc/show-error.ts';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { useEditing, useEditor } from '../editor-context.tsx';

export function MoreMenu() {
  const { backend, session, actions } = useEditing();
  const readOnly = useEditor((s) => s.readOnly);
  const id = useEditor((s) => s.workflowId);
  const router = useRouter();
  const path = useWorkspacePath();
  const attempt = (work: () => Promise<void>) => {
    work().catch(showError);
  };
  const download = (format: 'json' | 'yaml') =>
    attempt(async () => {
      if (!readOnly) await actions.saveNow();
      const { text, fileName } = await backend.exportText(format);
      const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    });
  const duplicate = () =>
    attempt(async () => {
      const copy = await backend.duplicate();
      toast.success('This is the copy');
      router.push(path(`workflows/${copy.id}`));
    });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label="More" tooltip={false} data-testid="more-menu">
          <Ellipsis />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <DropdownMenuItem onSelect={() => session.setState({ dialog: 'settings' })}>
          <Settings2 />
          Settings
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => download('json')}>
          <Download />
          Export as JSON
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => download('yaml')}>
          <Download />
          Export as YAML
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => session.setState({ dialog: 'n8n-export' })}>
          <Download />
          Export for n8n…
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => router.push(path(`executions?workflowId=${id}`))}>
          <History />
          Executions
        </DropdownMenuItem>
        {readOnly ? null : (
          <DropdownMenuItem onSelect={duplicate}>
            <Copy />
            Duplicate
          </DropdownMenuItem>
        )}
        <DropdownMenuItem shortcut="?" onSelect={() => session.setState({ dialog: 'shortcuts' })}>
          <Keyboard />
          Keyboard shortcuts
        </DropdownMenuItem>
        {readOnly ? null : (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger onSelect={() => session.setState({ dialog: 'delete' })}>
              <Trash2 />
              Delete
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
