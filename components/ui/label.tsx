import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';

export function Label({
  className,
  htmlFor,
  children,
  ...props
}: ComponentProps<'label'> & { htmlFor: string }) {
  return (
    <label htmlFor={htmlFor} className={cn('text-ui font-medium select-none', className)} {...props}>
      {children}
    </label>
  );
}
