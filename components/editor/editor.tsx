'use client';

import '@xyflow/react/dist/style.css';
import './canvas/canvas.css';
import { Panel, ReactFlowProvider } from '@xyflow/react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { WorkflowDetail } from '#server/workflows/schema.ts';
import { Canvas } from './canvas/canvas.tsx';
import { CanvasUiProvider } from './canvas/canvas-ui.tsx';
import { EmptyCanvas } from './canvas/empty-canvas.tsx';
import { useShortcuts } from './canvas/use-shortcuts.ts';
import { Dialogs } from './dialogs/dialogs.tsx';
import { EditorProvider, useEditor } from './editor-context.tsx';
import { NodePanel } from './node-panel.tsx';
import { PaletteButton, PaletteDock } from './palette/palette-dock.tsx';
import { RecoverBanner } from './recover-banner.tsx';
import { ListeningBar } from './run/listening-bar.tsx';
import { RunBar } from './run/run-bar.tsx';
import { useFollowedEvents, useWatchedWorkflow } from './session/use-live-run.ts';
import { useSession } from './session/use-session.ts';
import { type EditorStore, nodeById } from './store/editor-store.ts';
import { TopBar } from './top-bar/top-bar.tsx';
import { useBackend } from './use-backend.ts';

/** The workflow editor: palette, canvas, configuration, and the execution that is being watched. */
export function Editor({ detail }: { detail: WorkflowDetail }) {
  const backend = useBackend(detail.id);
  const may = useMay();
  const { store, run, session, actions } = useSession(detail, backend, !may.edit);
  useFollowedEvents(run, backend);
  useWatchedWorkflow(run, backend);
  useNodeOfAddress(store);
  const value = useMemo(
    () => ({ store, run, editing: { backend, session, actions } }),
    [store, run, backend, session, actions],
  );
  return (
    <EditorProvider value={value}>
      <ReactFlowProvider>
        <CanvasUiProvider>
          <EditorLayout />
        </CanvasUiProvider>
      </ReactFlowProvider>
    </EditorProvider>
  );
}

/** Links lead to a node, and to a field of it: `?node=…&field=credentials.auth`. */
function useNodeOfAddress(store: EditorStore) {
  const query = useSearchParams();
  const [node, field] = [query.get('node'), query.get('field')];
  useEffect(() => {
    if (node && nodeById(store.getState().draft, node)) store.getState().openNode(node, field);
  }, [store, node, field]);
}

function EditorLayout() {
  const readOnly = useEditor((s) => s.readOnly);
  useShortcuts();
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="editor">
      <TopBar />
      {readOnly ? null : <RecoverBanner />}
      <div className="relative flex min-h-0 flex-1">
        {readOnly ? null : <PaletteDock />}
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="relative min-h-0 flex-1">
            <Canvas>
              <Panel position="top-center" className="pointer-events-none">
                <EmptyCanvas />
              </Panel>
            </Canvas>
            <PaletteButton />
          </div>
          <ListeningBar />
          <RunBar />
        </div>
        <NodePanel />
      </div>
      <Dialogs />
    </div>
  );
}
