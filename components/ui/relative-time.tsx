'use client';
import { useSyncExternalStore } from 'react';
import { formatAgo } from '#lib/format-time.ts';

/** "3 min ago", refreshed as time passes; hovering shows the full date. A text is one in ISO form. */
export function RelativeTime({ date, className }: { date: Date | number | string; className?: string }) {
  const now = useSyncExternalStore(
    onTick,
    () => clock.now,
    () => clock.now,
  );
  const at = new Date(date);
  return (
    <time
      dateTime={at.toISOString()}
      title={at.toLocaleString()}
      className={className}
      suppressHydrationWarning
    >
      {formatAgo(at.getTime(), Math.max(now, at.getTime()))}
    </time>
  );
}

/** One timer for the whole page, running only while something shows a time. */
const clock = {
  now: Date.now(),
  listeners: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
};
function tick() {
  clock.now = Date.now();
  for (const listener of clock.listeners) listener();
}
function onTick(listener: () => void) {
  clock.listeners.add(listener);
  clock.timer ??= setInterval(tick, 15_000);
  queueMicrotask(tick);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size === 0) {
      clearInterval(clock.timer);
      clock.timer = undefined;
    }
  };
}
