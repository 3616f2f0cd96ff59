import { Spinner } from '#components/ui/spinner.tsx';

/** The frame of the page while its data is on the way. */
export function CanvasSkeleton() {
  return (
    <div className="flex h-full flex-col">
      <div className="h-13 shrink-0 border-border border-b bg-surface" />
      <div className="grid flex-1 place-items-center text-foreground-subtle">
        <Spinner label="Loading" className="size-5" />
      </div>
    </div>
  );
}
