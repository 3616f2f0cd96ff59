'use client';

import { Check, CloudOff, GitCompareArrows, TriangleAlert } from 'lucide-react';
import { Spinner } from '#components/ui/spinner.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { cn } from '#lib/cn.ts';
import type { SaveStatus } from '../autosave/autosaver.ts';
import { useEditing, useSessionState } from '../editor-context.tsx';

const LOOKS: Record<SaveStatus, { text: string; icon: React.ReactNode; tone?: string }> = {
  saved: { text: 'Saved', icon: <Check className="size-3.5" /> },
  dirty: { text: 'Saving…', icon: <Spinner className="size-3" /> },
  saving: { text: 'Saving…', icon: <Spinner className="size-3" /> },
  offline: { text: 'Offline – kept locally', icon: <CloudOff className="size-3.5" />, tone: 'text-warning' },
  conflict: {
    text: 'Changed elsewhere',
    icon: <GitCompareArrows className="size-3.5" />,
    tone: 'text-danger',
  },
  rejected: { text: 'Not saved', icon: <TriangleAlert className="size-3.5" />, tone: 'text-danger' },
};

export function SaveState() {
  const status = useSessionState((s) => s.saveStatus);
  const error = useSessionState((s) => s.saveError);
  const { session } = useEditing();
  const { text, icon, tone } = LOOKS[status];
  const isConflict = status === 'conflict';
  return (
    <Tooltip content={error ?? (status === 'saved' ? 'Every change is saved as you go' : text)} side="bottom">
      <button
        type="button"
        data-testid="save-state"
        data-status={status}
        onClick={isConflict ? () => session.setState({ dialog: 'conflict' }) : undefined}
        className={cn(
          'inline-flex shrink-0 cursor-default items-center gap-1 rounded px-1 text-foreground-subtle text-xs',
          tone,
          isConflict && 'cursor-pointer underline',
        )}
      >
        {icon}
        <span role="status" className="max-lg:sr-only">
          {text}
        </span>
      </button>
    </Tooltip>
  );
}
