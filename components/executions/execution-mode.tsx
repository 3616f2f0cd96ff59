import {
  CalendarClock,
  CircleHelp,
  CirclePlay,
  Code2,
  CornerDownRight,
  type LucideIcon,
  RotateCw,
  Siren,
  Webhook,
} from 'lucide-react';

const MODES: Record<string, { label: string; Icon: LucideIcon }> = {
  manual: { label: 'Manual', Icon: CirclePlay },
  webhook: { label: 'Webhook', Icon: Webhook },
  schedule: { label: 'Schedule', Icon: CalendarClock },
  api: { label: 'API', Icon: Code2 },
  'sub-workflow': { label: 'Workflow', Icon: CornerDownRight },
  error: { label: 'Error', Icon: Siren },
  retry: { label: 'Retry', Icon: RotateCw },
};

/** What started an execution. */
export function ExecutionMode({ mode, isRetry = false }: { mode: string; isRetry?: boolean }) {
  const { label, Icon } = MODES[isRetry ? 'retry' : mode] ?? { label: mode, Icon: CircleHelp };
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {label}
    </span>
  );
}
