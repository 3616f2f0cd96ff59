'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { type LocalCopy, readLocalCopy, writeLocalCopy } from './autosave/local-copy.ts';
import { useEditor, useEditorStore } from './editor-context.tsx';
import { formatDateTime } from './format.ts';

/** Offers changes that could not be saved the last time this browser had the workflow open. */
export function RecoverBanner() {
  const store = useEditorStore();
  const workflowId = useEditor((s) => s.workflowId);
  const [copy, setCopy] = useState<LocalCopy | null>(null);
  useEffect(() => {
    const found = readLocalCopy(workflowId);
    const same = found && JSON.stringify(found.draft) === JSON.stringify(store.getState().draft);
    if (same) writeLocalCopy(workflowId, null);
    else setCopy(found);
  }, [workflowId, store]);
  if (!copy) return null;
  const restore = () => {
    store.getState().change(() => copy.draft);
    setCopy(null);
  };
  const discard = () => {
    writeLocalCopy(workflowId, null);
    setCopy(null);
  };
  return (
    <div
      role="status"
      data-testid="recover-banner"
      className="flex shrink-0 flex-wrap items-center gap-2 border-border border-b bg-warning-soft px-3 py-1.5 text-ui"
    >
      <span className="min-w-0 flex-1">
        This browser kept changes from {formatDateTime(copy.at)} that were never saved.
      </span>
      <Button size="sm" onClick={restore}>
        Restore them
      </Button>
      <Button size="sm" variant="ghost" onClick={discard}>
        Discard
      </Button>
    </div>
  );
}
