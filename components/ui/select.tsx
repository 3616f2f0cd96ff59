'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';
import { controlLooks } from './input.tsx';

export const Select = Radix.Root;
export const SelectValue = Radix.Value;
export const SelectGroup = Radix.Group;

export function SelectTrigger({
  className,
  children,
  size = 'md',
  ...props
}: ComponentProps<typeof Radix.Trigger> & { size?: 'sm' | 'md' }) {
  return (
    <Radix.Trigger
      className={cn(
        controlLooks,
        'flex items-center justify-between gap-2 px-2.5 text-left text-ui data-placeholder:text-foreground-subtle [&>span]:truncate',
        size === 'sm' ? 'h-7 text-xs' : 'h-8',
        className,
      )}
      {...props}
    >
      {children}
      <Radix.Icon asChild>
        <ChevronDown className="size-3.5 shrink-0 text-foreground-subtle" />
      </Radix.Icon>
    </Radix.Trigger>
  );
}

export function SelectContent({ className, children, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        position="popper"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 overflow-hidden rounded-lg border border-border bg-surface-raised text-ui shadow-raised data-[state=open]:animate-pop-in',
          className,
        )}
        {...props}
      >
        <Radix.Viewport className="max-h-80 p-1">{children}</Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  );
}

export function SelectItem({
  className,
  children,
  help,
  ...props
}: ComponentProps<typeof Radix.Item> & { help?: string }) {
  return (
    <Radix.Item
      className={cn(
        'relative flex cursor-default items-start gap-2 rounded-md py-1.5 pr-8 pl-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-foreground/7',
        className,
      )}
      {...props}
    >
      <span className="flex flex-col">
        <Radix.ItemText>{children}</Radix.ItemText>
        {help ? <span className="text-xs text-foreground-muted">{help}</span> : null}
      </span>
      <Radix.ItemIndicator className="absolute top-2 right-2">
        <Check className="size-3.5 text-accent-text" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

export function SelectLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return (
    <Radix.Label
      className={cn('px-2 py-1.5 text-xs font-medium text-foreground-subtle', className)}
      {...props}
    />
  );
}
