'use client';
import { useEffect, useState } from 'react';
import { formatDuration } from '#lib/format-time.ts';
import type { ExecutionSummary } from '#server/executions/schema.ts';

/** How long it took; counts along while it runs. */
export function ExecutionDuration({
  execution,
}: {
  execution: Pick<ExecutionSummary, 'status' | 'startedAt' | 'durationMs'>;
}) {
  if (execution.durationMs !== null) return formatDuration(execution.durationMs);
  if (execution.status !== 'running' || !execution.startedAt) return '–';
  return <Stopwatch sinceMs={Date.parse(execution.startedAt)} />;
}

function Stopwatch({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return formatDuration(Math.max(0, Math.floor((nowMs - sinceMs) / 1000) * 1000));
}
