'use client';

import { ArrowLeft, Redo2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { InlineName } from './inline-name.tsx';
import { IssuesButton } from './issues-button.tsx';
import { LiveSwitch } from './live-switch.tsx';
import { MoreMenu } from './more-menu.tsx';
import { RunButton } from './run-button.tsx';
import { SaveState } from './save-state.tsx';

export function TopBar() {
  const store = useEditorStore();
  const path = useWorkspacePath();
  const name = useEditor((s) => s.draft.name);
  const readOnly = useEditor((s) => s.readOnly);
  const canUndo = useEditor((s) => s.history.past.length > 0);
  const canRedo = useEditor((s) => s.history.future.length > 0);
  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 border-border border-b bg-surface px-2 sm:gap-2 sm:px-3">
      <Link
        href={path('workflows')}
        aria-label="Back to workflows"
        className="grid size-8 shrink-0 place-items-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
      >
        <ArrowLeft className="size-4" />
      </Link>
      <h1 className="min-w-16 shrink">
        <InlineName
          label="Workflow name"
          value={name}
          readOnly={readOnly}
          className="font-semibold text-sm"
          onCommit={(next) => store.getState().change((d) => ({ ...d, name: next }))}
        />
      </h1>
      {readOnly ? <Badge>View only</Badge> : <SaveState />}
      <div className="min-w-0 flex-1" />
      {readOnly ? null : (
        <>
          <div className="flex max-md:hidden">
            <IconButton
              label="Undo"
              shortcut="mod+z"
              side="bottom"
              disabled={!canUndo}
              onClick={() => store.getState().undo()}
            >
              <Undo2 />
            </IconButton>
            <IconButton
              label="Redo"
              shortcut="mod+shift+z"
              side="bottom"
              disabled={!canRedo}
              onClick={() => store.getState().redo()}
            >
              <Redo2 />
            </IconButton>
          </div>
          <IssuesButton />
          <RunButton />
          <LiveSwitch />
        </>
      )}
      <MoreMenu />
    </header>
  );
}
