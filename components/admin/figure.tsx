import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';

/** One number, with what it is and what it is made of. */
export function Figure({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <Card className="px-5 py-4">
      <dl>
        <dt className="text-foreground-muted text-ui">{label}</dt>
        <dd className="mt-1 font-semibold text-2xl tabular-nums tracking-tight">{value}</dd>
        {note ? <dd className="mt-0.5 text-foreground-muted text-xs">{note}</dd> : null}
      </dl>
    </Card>
  );
}

export const asCount = (count: number): string => count.toLocaleString('en');
