import { cn } from '#lib/cn.ts';

/** The live region stands there before it is filled, or screen readers miss the message. */
export function FieldError({
  id,
  message,
  className,
}: {
  id?: string;
  message?: string;
  className?: string;
}) {
  return (
    <p id={id} aria-live="polite" className={cn('text-xs text-danger empty:hidden', className)}>
      {message}
    </p>
  );
}
