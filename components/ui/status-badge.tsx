import {
  Ban,
  Check,
  CircleDashed,
  Clock3,
  Hourglass,
  Pause,
  RotateCw,
  SkipForward,
  TimerOff,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from './badge.tsx';
import { Spinner } from './spinner.tsx';

interface Looks {
  label: string;
  tone: BadgeTone;
  icon: ReactNode;
}

/** Statuses of executions and of node runs share one look wherever they appear. */
const LOOKS: Record<string, Looks> = {
  queued: { label: 'Queued', tone: 'neutral', icon: <Clock3 /> },
  running: { label: 'Running', tone: 'info', icon: <Spinner className="size-3" /> },
  waiting: { label: 'Waiting', tone: 'warning', icon: <Hourglass /> },
  paused: { label: 'Paused', tone: 'warning', icon: <Pause /> },
  retrying: { label: 'Retrying', tone: 'warning', icon: <RotateCw /> },
  completed: { label: 'Completed', tone: 'success', icon: <Check /> },
  failed: { label: 'Failed', tone: 'danger', icon: <X /> },
  timeout: { label: 'Timed out', tone: 'danger', icon: <TimerOff /> },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: <Ban /> },
  skipped: { label: 'Skipped', tone: 'neutral', icon: <SkipForward /> },
};

export function StatusBadge({ status, className }: { status: string; className?: string }) {
  const looks = LOOKS[status] ?? { label: status, tone: 'neutral', icon: <CircleDashed /> };
  return (
    <Badge tone={looks.tone} className={className}>
      {looks.icon}
      {looks.label}
    </Badge>
  );
}

export const statusLabel = (status: string): string => LOOKS[status]?.label ?? status;
