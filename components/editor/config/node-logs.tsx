import type { LogLine } from '#engine/events.ts';
import { cn } from '#lib/cn.ts';

const TONES: Record<LogLine['level'], string> = {
  debug: 'text-foreground-subtle',
  info: 'text-foreground-muted',
  warn: 'text-warning',
  error: 'text-danger',
};

/** What a node wrote to its log (`console.log` in code). */
export function NodeLogs({ logs }: { logs: readonly LogLine[] }) {
  if (logs.length === 0) return null;
  return (
    <details className="mt-2 rounded-md border border-border" open={logs.length <= 5}>
      <summary className="cursor-pointer px-2 py-1 font-medium text-foreground-muted text-xs">
        Log ({logs.length})
      </summary>
      <ul className="max-h-40 overflow-auto px-2 pb-1.5 font-mono text-[11.5px] leading-4.5">
        {logs.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines only ever grow at the end
          <li key={i} className={cn('whitespace-pre-wrap break-words', TONES[line.level])}>
            {line.message}
          </li>
        ))}
      </ul>
    </details>
  );
}
