import { Check, RotateCw, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { CircuitState } from '#server/circuits/schema.ts';

const LOOKS: Record<CircuitState, { label: string; help: string; tone: BadgeTone; icon: ReactNode }> = {
  open: {
    label: 'Open',
    help: 'Calls are refused until the next try.',
    tone: 'danger',
    icon: <Unplug aria-hidden="true" />,
  },
  half_open: {
    label: 'Trying',
    help: 'One call was let through to see whether the host is well again.',
    tone: 'warning',
    icon: <RotateCw aria-hidden="true" />,
  },
  closed: {
    label: 'Closed',
    help: 'Calls go out as usual.',
    tone: 'success',
    icon: <Check aria-hidden="true" />,
  },
};

export function CircuitStateBadge({ state }: { state: CircuitState }) {
  const { label, help, tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} title={help}>
      {icon}
      {label}
    </Badge>
  );
}
