'use client';
import { useState } from 'react';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import type { Usage } from '#server/usage/schema.ts';
import { chartDays, dayName } from './chart-days.ts';
import { DayChart } from './day-chart.tsx';

const SHOWN = [
  { value: 'executions', label: 'Executions' },
  { value: 'apiCalls', label: 'API calls' },
] as const;
type Shown = (typeof SHOWN)[number]['value'];

/** Each day of the month, as a picture and as a table. */
export function DayCard({ usage: { days, period } }: { usage: Usage }) {
  const [shown, setShown] = useState<Shown>('executions');
  const noun = shown === 'executions' ? 'executions' : 'API calls';
  const bars = chartDays(days, period).map(({ day, data }) => ({ day, value: data?.[shown] ?? null }));
  return (
    <Card>
      <CardHeader
        title="By day"
        description="Days begin at midnight UTC."
        action={
          <SegmentedControl
            label="What to show"
            size="sm"
            value={shown}
            onValueChange={setShown}
            options={SHOWN}
          />
        }
      />
      <div className="px-5 pb-4">
        <DayChart bars={bars} noun={noun} />
        <details className="mt-3 text-ui">
          <summary className="w-fit cursor-pointer rounded text-foreground-muted hover:text-foreground">
            Show as a table
          </summary>
          <div className="mt-2 max-h-72 overflow-y-auto rounded-md border border-border">
            <table className="w-full">
              <thead className="sticky top-0 bg-surface text-foreground-muted text-xs">
                <tr>
                  <th className="px-3 py-1.5 text-left font-medium">Day</th>
                  <th className="px-3 py-1.5 text-right font-medium">Executions</th>
                  <th className="px-3 py-1.5 text-right font-medium">API calls</th>
                </tr>
              </thead>
              <tbody className="divide-y divide-border border-border border-t">
                {days.toReversed().map(({ day, executions, apiCalls }) => (
                  <tr key={day}>
                    <td className="px-3 py-1.5">{dayName(day, 'long')}</td>
                    <td className="px-3 py-1.5 text-right tabular-nums">{executions.toLocaleString('en')}</td>
                    <td className="px-3 py-1.5 text-right tabular-nums">{apiCalls.toLocaleString('en')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Card>
  );
}
