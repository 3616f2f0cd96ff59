'use client';

import '@xyflow/react/dist/style.css';
import '../canvas/canvas.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { isTerminal } from '#engine/state.ts';
import { workflowSchema } from '#engine/workflow.ts';
import type { ExecutionReplay } from '#server/executions/schema.ts';
import { Canvas } from '../canvas/canvas.tsx';
import { CanvasUiProvider } from '../canvas/canvas-ui.tsx';
import { useShortcuts } from '../canvas/use-shortcuts.ts';
import { EditorProvider, useRun } from '../editor-context.tsx';
import { NodePanel } from '../node-panel.tsx';
import { RunReport } from '../run/run-report.tsx';
import { createRunStore } from '../run/run-store.ts';
import { useFollowedEvents } from '../session/use-live-run.ts';
import { createEditorStore } from '../store/editor-store.ts';
import { useBackend } from '../use-backend.ts';
import { useIsDesktop } from '../use-media.ts';
import { ExecutionHeader } from './execution-header.tsx';

/** One execution on the graph that it ran, with the data of every node; live while it runs. */
export function ExecutionView({ replay }: { replay: ExecutionReplay }) {
  const { execution } = replay;
  const backend = useBackend(execution.workflowId);
  const desktop = useIsDesktop();
  const [value] = useState(() => createView(replay, desktop));
  useLiveEvents(value.run, backend);
  return (
    <EditorProvider value={value}>
      <ReactFlowProvider>
        <CanvasUiProvider>
          <Layout execution={execution} backend={backend} startsWithLog={!desktop} />
        </CanvasUiProvider>
      </ReactFlowProvider>
    </EditorProvider>
  );
}

function createView({ execution, workflow, events }: ExecutionReplay, desktop: boolean) {
  const store = createEditorStore({
    workflowId: execution.workflowId,
    draft: workflowSchema.parse(workflow),
    readOnly: true,
    validate: () => [],
  });
  const run = createRunStore();
  run.getState().follow(execution.id, { pinned: true });
  run.getState().receive(events);
  const { failedNode } = run.getState().state;
  // where it would be a sheet over the whole page it stays closed: the report says what failed and leaves the actions free
  if (failedNode && desktop) store.getState().openNode(failedNode);
  return { store, run, editing: null };
}

/** Nothing more can come once it is over: then no stream is opened at all. */
function useLiveEvents(run: ReturnType<typeof createRunStore>, backend: ReturnType<typeof useBackend>) {
  const [door] = useState(() =>
    isTerminal(run.getState().state.status) ? { events: () => () => undefined } : backend,
  );
  useFollowedEvents(run, door);
}

interface LayoutProps {
  execution: ExecutionReplay['execution'];
  backend: ReturnType<typeof useBackend>;
  /** One that failed shows its report at once. */
  startsWithLog: boolean;
}

function Layout({ execution, backend, startsWithLog }: LayoutProps) {
  const failed = useRun((s) => s.state.error !== undefined);
  const [showLog, setShowLog] = useState(startsWithLog && failed);
  useShortcuts();
  useEffect(() => {
    document.title = `${execution.workflowName} · execution`;
  }, [execution.workflowName]);
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="execution">
      <ExecutionHeader execution={execution} backend={backend} showLog={showLog} onShowLog={setShowLog} />
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="relative min-h-0 flex-1">
            <Canvas />
          </div>
          {showLog ? <RunReport className="border-t border-b-0 bg-surface" /> : null}
        </div>
        <NodePanel firstTab="output" />
      </div>
    </div>
  );
}
