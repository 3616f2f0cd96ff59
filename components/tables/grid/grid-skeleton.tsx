import { Skeleton } from '#components/ui/skeleton.tsx';

const FADE = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2] as const;

/** Stands in for the rows, or for the whole page with its `bar`, while they load. */
export function GridSkeleton({ bar = false }: { bar?: boolean }) {
  return (
    <div role="status" className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <span className="sr-only">Loading the table</span>
      {bar ? <div className="h-13 shrink-0 border-b border-border bg-surface" /> : null}
      {FADE.map((opacity) => (
        <div
          key={opacity}
          className="flex h-9 shrink-0 items-center gap-8 border-b border-border px-4"
          style={{ opacity }}
        >
          <Skeleton className="h-3 w-12 shrink-0" />
          <Skeleton className="h-3 w-44 shrink-0" />
          <Skeleton className="h-3 w-20 shrink-0" />
          <Skeleton className="h-3 w-32 shrink-0" />
        </div>
      ))}
    </div>
  );
}
