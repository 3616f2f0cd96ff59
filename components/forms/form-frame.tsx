import type { ReactNode } from 'react';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** What is around a form: nothing but room, for it belongs to whoever made it. */
export function FormFrame({
  title,
  description,
  children,
}: {
  title: string;
  description?: string;
  children: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-8 sm:py-16">
      <div className="w-full max-w-xl rounded-xl border border-border bg-surface p-6 shadow-raised sm:p-8">
        <h1 className="font-semibold text-xl tracking-tight wrap-anywhere">{title}</h1>
        {description ? (
          <p className="mt-2 whitespace-pre-wrap text-foreground-muted text-ui leading-5.5 wrap-anywhere">
            {description}
          </p>
        ) : null}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}

export function FormSkeleton() {
  return (
    <FormFrame title="&nbsp;">
      <div role="status" className="flex flex-col gap-4">
        <span className="sr-only">Loading the form</span>
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-10 w-32" />
      </div>
    </FormFrame>
  );
}
