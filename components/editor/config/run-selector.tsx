'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useRun, useRunStore } from '../editor-context.tsx';

/** Which run of the node is shown, for nodes in loops. */
export function RunSelector({ nodeId }: { nodeId: string }) {
  const store = useRunStore();
  const count = useRun((s) => s.state.nodes[nodeId]?.length ?? 0);
  const chosen = useRun((s) => s.chosenRun[nodeId]);
  if (count < 2) return null;
  const current = Math.min(chosen ?? count - 1, count - 1);
  const go = (run: number) => store.getState().chooseRun(nodeId, run >= count - 1 ? null : run);
  return (
    <span className="inline-flex items-center text-foreground-muted text-xs tabular-nums">
      <IconButton label="Previous run" size="xs" disabled={current === 0} onClick={() => go(current - 1)}>
        <ChevronLeft className="size-3.5" />
      </IconButton>
      Run {current + 1} of {count}
      <IconButton label="Next run" size="xs" disabled={current >= count - 1} onClick={() => go(current + 1)}>
        <ChevronRight className="size-3.5" />
      </IconButton>
    </span>
  );
}
