import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';
import { Spinner } from './spinner.tsx';

export const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:shrink-0 [&_svg:not([class*=size-])]:size-4',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-foreground shadow-card hover:bg-accent-hover',
        secondary:
          'border-border bg-surface text-foreground shadow-card hover:border-border-strong hover:bg-muted',
        ghost: 'border-transparent text-foreground-muted hover:bg-muted hover:text-foreground',
        danger: 'border-transparent bg-danger text-danger-foreground shadow-card hover:bg-danger-hover',
        'danger-ghost': 'border-transparent text-danger hover:bg-danger-soft',
        link: 'h-auto! border-transparent p-0! text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs',
        md: 'h-8 px-3 text-ui',
        lg: 'h-10 px-4 text-sm',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  /** Render the only child (a link, say) with the looks of a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks, but keeps the focus. */
  pending?: boolean;
}

export function Button({
  variant,
  size,
  asChild,
  pending = false,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const looks = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={looks} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      className={looks}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...props}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}
