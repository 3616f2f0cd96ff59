'use client';

import { Radio } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { useEditing, useEditor, useSessionState } from '../editor-context.tsx';
import { listenStoreOf } from '../run/listen-store.ts';

/** The address of a draft's webhook while somebody listens there; null: nobody does. */
export function useEarUrl(nodeId: string): string | null {
  const store = listenStoreOf(useEditing().backend);
  return useStore(store, (s) => (s.nodeId === nodeId ? (s.ear?.url ?? null) : null));
}

/** Opens the one address of a webhook for the draft, before the workflow is active. */
export function WebhookListen({ nodeId }: { nodeId: string }) {
  const store = listenStoreOf(useEditing().backend);
  const listening = useStore(store, (s) => s.nodeId === nodeId);
  const opening = useStore(store, (s) => s.nodeId === nodeId && s.ear === null);
  const problem = useStore(store, (s) => s.problem);
  const saved = useSessionState((s) => s.saveStatus === 'saved');
  const readOnly = useEditor((s) => s.readOnly);
  if (readOnly) return null;
  return (
    <div className="space-y-2">
      {listening ? (
        <p className="text-foreground-muted text-xs">
          Calls run the draft and show on the canvas. After a change of this node, listen again.
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" pending={opening} disabled={!saved} onClick={() => store.getState().listen(nodeId)}>
          <Radio className="size-3.5!" />
          {listening ? 'Listen again' : 'Listen for a call'}
        </Button>
        {/* on a small screen the panel lies over the bar that says so too */}
        {listening ? (
          <Button size="sm" variant="ghost" onClick={() => store.getState().stop()}>
            Stop listening
          </Button>
        ) : null}
      </div>
      {problem ? <Callout tone="danger">{problem}</Callout> : null}
    </div>
  );
}
