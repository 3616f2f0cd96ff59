'use client';

import { Cron } from 'croner';
import { useMemo } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger } from '#components/ui/select.tsx';
import type { CronField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

const EXAMPLES = [
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 * * * *', 'Every hour'],
  ['0 9 * * *', 'Every day at 9:00'],
  ['0 9 * * 1-5', 'On weekdays at 9:00'],
  ['0 9 * * 1', 'Every Monday at 9:00'],
  ['0 0 1 * *', 'On the first of the month'],
] as const;

/** A cron expression with examples; what it means stands below as its next times. */
export function CronFieldControl({ field, value, onChange, id }: ControlProps<CronField>) {
  const { readOnly, timezone } = useForm();
  const text = typeof value === 'string' ? value : (field.default ?? '');
  const next = useMemo(() => nextRuns(text, timezone), [text, timezone]);
  return (
    <div>
      <div className="flex gap-2">
        <Input
          id={id}
          readOnly={readOnly}
          value={text}
          placeholder={field.placeholder}
          spellCheck={false}
          className="font-mono"
          onChange={(event) => onChange(event.target.value)}
        />
        {readOnly ? null : (
          <Select value="" onValueChange={onChange}>
            <SelectTrigger className="w-28 shrink-0" aria-label="Examples of cron expressions">
              <span className="text-foreground-muted">Examples</span>
            </SelectTrigger>
            <SelectContent>
              {EXAMPLES.map(([cron, label]) => (
                <SelectItem key={cron} value={cron} help={cron}>
                  {label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </div>
      {text.trim() === '' ? null : next === null ? (
        <p className="mt-1 text-danger text-xs">This is not a cron expression.</p>
      ) : (
        <p className="mt-1 text-foreground-muted text-xs tabular-nums">
          {next.length > 0 ? `Next: ${next.join(', ')}` : 'This never comes.'}
        </p>
      )}
    </div>
  );
}

function nextRuns(cron: string, timezone: string): string[] | null {
  try {
    const format = new Intl.DateTimeFormat('en', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: timezone,
    });
    return new Cron(cron, { timezone, paused: true }).nextRuns(3).map((date) => format.format(date));
  } catch {
    return null; // croner throws for what it cannot read; the field says so
  }
}
