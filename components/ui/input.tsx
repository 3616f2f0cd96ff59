import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';

export const controlLooks =
  'w-full rounded-md border border-border bg-surface text-foreground shadow-card transition-[border-color,box-shadow] placeholder:text-foreground-subtle hover:border-border-strong focus-visible:border-ring focus-visible:outline-none focus-visible:ring-3 focus-visible:ring-ring/25 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger aria-invalid:ring-danger/20 aria-invalid:focus-visible:ring-3';

/** 16 px on small screens, or iOS zooms the page on focus. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(controlLooks, 'h-8 px-2.5 text-base read-only:bg-muted sm:text-ui', className)}
      {...props}
    />
  );
}
