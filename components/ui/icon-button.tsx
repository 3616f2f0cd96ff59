'use client';
import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#lib/cn.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

const variants = cva(
  'inline-flex shrink-0 items-center justify-center rounded-md border transition-colors disabled:pointer-events-none disabled:opacity-45 [&_svg:not([class*=size-])]:size-4',
  {
    variants: {
      variant: {
        ghost:
          'border-transparent text-foreground-muted hover:bg-muted hover:text-foreground data-[state=open]:bg-muted data-[state=open]:text-foreground aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
        secondary:
          'border-border bg-surface text-foreground shadow-card hover:border-border-strong hover:bg-muted',
        danger: 'border-transparent text-foreground-muted hover:bg-danger-soft hover:text-danger',
      },
      size: { xs: 'size-6', sm: 'size-7', md: 'size-8', lg: 'size-10' },
    },
    defaultVariants: { variant: 'ghost', size: 'md' },
  },
);

export interface IconButtonProps extends ComponentProps<'button'>, VariantProps<typeof variants> {
  /** What it does: the accessible name and the tooltip. */
  label: string;
  shortcut?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  pending?: boolean;
  /** Off where the button opens a menu whose trigger wraps it, or the label stands beside it. */
  tooltip?: boolean;
  children: ReactNode;
}

export function IconButton({
  label,
  shortcut,
  side,
  variant,
  size,
  pending = false,
  tooltip = true,
  className,
  children,
  disabled,
  ...props
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      className={cn(variants({ variant, size }), className)}
      {...props}
    >
      {pending ? <Spinner /> : children}
    </button>
  );
  if (!tooltip) return button;
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      {button}
    </Tooltip>
  );
}
