'use client';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { PlanBadge } from '#components/billing/plan-badge.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { CreateWorkspaceDialog } from '#components/workspaces/create-workspace-dialog.tsx';
import { useCurrentWorkspace, useMe } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import { Avatar } from './avatar.tsx';

export function WorkspaceSwitcher({ compact }: { compact: boolean }) {
  const current = useCurrentWorkspace();
  const { workspaces } = useMe();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={compact ? `${current.name}: switch workspace` : undefined}
          className={cn(
            'flex h-9 w-full shrink-0 items-center gap-2 rounded-md text-left -outline-offset-2 transition-colors hover:bg-muted data-[state=open]:bg-muted',
            compact ? 'justify-center' : 'px-1.5',
          )}
        >
          <Avatar name={current.name} seed={current.id} square />
          {compact ? null : (
            <>
              <span className="min-w-0 flex-1 leading-tight">
                <span className="block truncate font-semibold text-ui leading-4">
                  {current.name}
                  <span className="sr-only">: switch workspace</span>
                </span>
                <PlanBadge />
              </span>
              <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-foreground-subtle" />
            </>
          )}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="w-60">
          <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
          {workspaces.map((workspace) => (
            <DropdownMenuItem key={workspace.id} asChild>
              <Link href={`/w/${workspace.id}/workflows`}>
                <Avatar name={workspace.name} seed={workspace.id} square className="size-5 text-[10px]" />
                <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
                {workspace.id === current.id ? <Check aria-label="current" /> : null}
              </Link>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setCreating(true)}>
            <Plus />
            Create workspace
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <CreateWorkspaceDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
