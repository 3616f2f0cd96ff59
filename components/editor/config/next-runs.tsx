'use client';

import { CalendarClock } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { WorkflowNode } from '#engine/workflow.ts';
import { nextTime, toCronRules } from '#nodes/schedule-trigger/rules.ts';
import { useEditor } from '../editor-context.tsx';

const SHOWN = 5;

/** The next times of a schedule, computed by the same rules that fire it. */
export function NextRuns({ node }: { node: WorkflowNode }) {
  const timezone = useEditor((s) => s.draft.settings.timezone);
  const now = useMinute();
  const times = useMemo(() => nextTimes(node.parameters, now, timezone), [node.parameters, now, timezone]);
  const format = useMemo(
    () =>
      new Intl.DateTimeFormat('en', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hour12: false,
        timeZone: timezone,
      }),
    [timezone],
  );
  return (
    <div className="rounded-lg border border-border bg-background/60 p-3" data-testid="next-runs">
      <p className="flex items-center gap-1.5 font-medium text-ui">
        <CalendarClock className="size-4 text-foreground-subtle" />
        Next runs
        <span className="ml-auto font-normal text-foreground-subtle text-xs">{timezone}</span>
      </p>
      {times === null ? (
        <p className="mt-1.5 text-danger text-xs">A rule cannot be read.</p>
      ) : times.length === 0 ? (
        <p className="mt-1.5 text-foreground-muted text-xs">No rule gives a time yet.</p>
      ) : (
        <ol className="mt-1.5 space-y-0.5 text-foreground-muted text-xs tabular-nums">
          {times.map((time) => (
            <li key={time}>{format.format(time)}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

function nextTimes(parameters: Record<string, unknown>, now: number, timezone: string): number[] | null {
  try {
    const rules = toCronRules(parameters);
    const times = new Set<number>();
    for (const rule of rules) {
      let after = now;
      for (let i = 0; i < SHOWN; i++) {
        const next = nextTime(rule, after, timezone);
        if (next === null) break;
        times.add(next);
        after = next;
      }
    }
    return [...times].sort((a, b) => a - b).slice(0, SHOWN);
  } catch {
    return null; // an unfinished cron expression; the field itself says what is wrong
  }
}

function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
