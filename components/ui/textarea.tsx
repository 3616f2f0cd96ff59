import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';
import { controlLooks } from './input.tsx';

/** Grows with its text up to `max-h-*`. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        controlLooks,
        'field-sizing-content max-h-96 min-h-20 resize-y read-only:bg-muted px-2.5 py-1.5 text-base sm:text-ui',
        className,
      )}
      {...props}
    />
  );
}
