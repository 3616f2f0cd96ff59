'use client';

import {
  Check,
  CircleAlert,
  CircleSlash,
  Hourglass,
  LoaderCircle,
  Pause,
  Pin,
  RotateCw,
  TriangleAlert,
  X,
} from 'lucide-react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { Issue } from '#engine/node.ts';
import { cn } from '#lib/cn.ts';
import { formatCount, formatDuration } from '../format.ts';
import { shortMessage } from '../issues.ts';
import type { NodeView } from '../run/node-view.ts';

const MARKS = {
  completed: [Check, 'bg-success text-background', 'Completed'],
  failed: [X, 'bg-danger text-danger-foreground', 'Failed'],
  waiting: [Hourglass, 'bg-warning text-background', 'Waiting'],
  retrying: [RotateCw, 'bg-warning text-background', 'Trying again'],
  running: [LoaderCircle, 'bg-info text-background', 'Running'],
  stopped: [Pause, 'bg-foreground-subtle text-background', 'Stopped'],
  skipped: [CircleSlash, 'bg-foreground-subtle text-background', 'Skipped: nothing came here'],
} as const;

/** The round mark on the card's corner that says how the node fared in the shown execution. */
export function StatusMark({ view }: { view: NodeView }) {
  if (view.status === 'idle' || view.status === 'skipped') return null;
  const [Icon, tone, label] = MARKS[view.status];
  const text = view.error ? `${label}: ${view.error.message}` : label;
  const spins = view.status === 'running' || view.status === 'retrying';
  return (
    <Tooltip content={text}>
      <span
        role="img"
        aria-label={text}
        data-status={view.status}
        className={cn(
          'absolute -top-2 -right-2 grid size-5 place-items-center rounded-full ring-2 ring-background',
          tone,
        )}
      >
        <Icon className={cn('size-3', spins && 'animate-spin')} strokeWidth={3} />
      </span>
    </Tooltip>
  );
}

/** Items and time under the card. */
export function RunFacts({ view }: { view: NodeView }) {
  if (view.status === 'idle' || view.status === 'skipped' || view.runs === 0) return null;
  const parts = [
    view.status !== 'completed' && view.items === 0
      ? null
      : `${formatCount(view.items)} ${view.items === 1 ? 'item' : 'items'}`,
    view.runs > 1 ? `${formatCount(view.runs)} runs` : null,
    view.durationMs === null ? null : formatDuration(view.durationMs),
    view.attempt > 1 ? `attempt ${view.attempt}` : null,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <div className="pointer-events-none absolute top-full left-0 mt-1 w-full text-center text-[10.5px] text-foreground-muted tabular-nums">
      {parts.join(' · ')}
    </div>
  );
}

export function IssueMark({ issues }: { issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  const isError = issues.some((i) => i.severity === 'error');
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <Tooltip
      content={
        <ul className="max-w-72 space-y-1">
          {issues.slice(0, 5).map((issue) => (
            <li key={`${issue.code}${issue.field}${issue.message}`}>{shortMessage(issue)}</li>
          ))}
        </ul>
      }
    >
      <span
        role="img"
        aria-label={`${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}`}
        data-testid="node-issues"
        className={cn('shrink-0', isError ? 'text-danger' : 'text-warning')}
      >
        <Icon className="size-4" />
      </span>
    </Tooltip>
  );
}

export function PinMark() {
  return (
    <Tooltip content="Pinned data stands in for this node in manual runs">
      <span role="img" aria-label="Pinned data" className="shrink-0 text-hue-violet">
        <Pin className="size-3.5" />
      </span>
    </Tooltip>
  );
}
