import { Skeleton } from './skeleton.tsx';

const FADE = [1, 0.82, 0.64, 0.46, 0.28] as const;

/** Stands in for a list of rows while it loads. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className="divide-y divide-border">
      <span className="sr-only">{label}</span>
      {FADE.map((opacity) => (
        <div key={opacity} className="flex items-center gap-3 px-4 py-3.5" style={{ opacity }}>
          <Skeleton className="size-8 rounded-lg" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </div>
          <Skeleton className="h-5 w-20 rounded-full" />
        </div>
      ))}
    </div>
  );
}
