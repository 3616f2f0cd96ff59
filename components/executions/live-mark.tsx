import { cn } from '#lib/cn.ts';

/** Tells whether the list follows by itself. */
export function LiveMark({ live }: { live: boolean }) {
  return (
    <span role="status" className="inline-flex items-center gap-2 text-xs text-foreground-subtle">
      <span className="relative inline-flex size-2" aria-hidden="true">
        {live ? (
          <span className="absolute inset-0 animate-ping rounded-full bg-success opacity-50 [animation-duration:2s]" />
        ) : null}
        <span className={cn('size-2 rounded-full', live ? 'bg-success' : 'bg-border-strong')} />
      </span>
      {live ? 'Updates live' : 'Connecting…'}
    </span>
  );
}
