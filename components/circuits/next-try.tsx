'use client';
import { useEffect, useState } from 'react';
import { formatDuration } from '#lib/format-time.ts';
import type { CircuitSummary } from '#server/circuits/schema.ts';

/** When the next call may go out; counts down. */
export function NextTry({ circuit, seenAtMs }: { circuit: CircuitSummary; seenAtMs: number }) {
  if (circuit.state === 'half_open') return <span className="max-md:hidden">under way</span>;
  if (circuit.retryInMs === null) return <span className="max-md:hidden">–</span>;
  if (circuit.retryInMs === 0) return 'with the next call';
  return <Countdown untilMs={seenAtMs + circuit.retryInMs} />;
}

function Countdown({ untilMs }: { untilMs: number }) {
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const leftMs = Math.ceil(Math.max(0, untilMs - nowMs) / 1_000) * 1_000;
  if (leftMs === 0) return 'with the next call';
  return (
    <>
      <span className="md:hidden">next try </span>in{' '}
      <span className="tabular-nums">{leftMs < 60_000 ? `${leftMs / 1_000} s` : formatDuration(leftMs)}</span>
    </>
  );
}
