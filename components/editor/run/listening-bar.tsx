'use client';

import { Radio } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '#components/ui/button.tsx';
import { useEditing, useEditor } from '../editor-context.tsx';
import { nodeById } from '../store/editor-store.ts';
import { listenStoreOf } from './listen-store.ts';

/** Says that calls come to the draft for as long as they do. Leaving the editor ends it. */
export function ListeningBar() {
  const { backend } = useEditing();
  const store = listenStoreOf(backend);
  const nodeId = useStore(store, (s) => s.nodeId);
  const ear = useStore(store, (s) => s.ear);
  const name = useEditor((s) => (nodeId ? nodeById(s.draft, nodeId)?.name : undefined));
  useEffect(() => () => store.getState().stop(), [store]);
  if (!nodeId) return null;
  return (
    <section
      aria-label="Listening"
      aria-live="polite"
      data-testid="listening-bar"
      className="flex h-11 shrink-0 items-center gap-2 border-border border-t bg-surface px-3 text-ui"
    >
      <Radio className="size-4 shrink-0 animate-pulse text-accent-text" />
      <span className="min-w-0 flex-1 truncate">
        {ear ? `Listening for calls of “${name ?? 'Webhook'}”` : 'Opening the address…'}
        {ear ? (
          <span className="text-foreground-muted text-xs max-sm:hidden"> · until {timeOf(ear.until)}</span>
        ) : null}
      </span>
      <Button size="sm" onClick={() => store.getState().stop()}>
        Stop listening
      </Button>
    </section>
  );
}

const timeOf = (at: Date): string => at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
