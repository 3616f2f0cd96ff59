'use client';
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '#lib/cn.ts';

interface SegmentedControlProps<V extends string> {
  /** Names the choice for screen readers. */
  label: string;
  value: V;
  onValueChange: (value: V) => void;
  options: readonly { value: V; label: ReactNode; ariaLabel?: string; disabled?: boolean }[];
  size?: 'sm' | 'md';
  className?: string;
}

/** One of a few, all in sight. */
export function SegmentedControl<V extends string>({
  label,
  value,
  onValueChange,
  options,
  size = 'md',
  className,
}: SegmentedControlProps<V>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onValueChange(next as V)}
      className={cn('inline-flex items-center rounded-lg border border-border bg-muted p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.ariaLabel}
          disabled={option.disabled}
          className={cn(
            'inline-flex flex-1 items-center justify-center gap-1.5 rounded-md border border-transparent px-2.5 font-medium whitespace-nowrap text-foreground-muted transition-colors hover:text-foreground disabled:opacity-45 data-[state=on]:border-border data-[state=on]:bg-surface data-[state=on]:text-foreground data-[state=on]:shadow-card dark:data-[state=on]:bg-muted-strong [&_svg:not([class*=size-])]:size-3.5',
            size === 'sm' ? 'h-6 text-xs' : 'h-7 text-ui',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
