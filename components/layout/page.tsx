import type { ReactNode } from 'react';
import { cn } from '#lib/cn.ts';

interface PageProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Forms read better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

/** A page of the workspace that is not a canvas. */
export function Page({ title, description, actions, narrow = false, children }: PageProps) {
  return (
    <div className={cn('mx-auto w-full px-4 py-6 sm:px-8 sm:py-8', narrow ? 'max-w-3xl' : 'max-w-6xl')}>
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex flex-col gap-1">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {description ? <p className="max-w-2xl text-ui text-foreground-muted">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
