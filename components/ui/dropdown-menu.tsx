'use client';
import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';
import { Kbd } from './kbd.tsx';

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuGroup = Radix.Group;
export const DropdownMenuSub = Radix.Sub;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

const contentLooks =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 origin-(--radix-dropdown-menu-content-transform-origin) overflow-y-auto rounded-lg border border-border bg-surface-raised p-1 text-ui shadow-raised data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in';
const itemLooks =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 outline-none select-none data-disabled:opacity-45 data-highlighted:bg-foreground/7 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0 [&_svg:not([class*=text-])]:text-foreground-subtle';

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content sideOffset={4} collisionPadding={8} className={cn(contentLooks, className)} {...props} />
    </Radix.Portal>
  );
}

interface ItemProps extends ComponentProps<typeof Radix.Item> {
  danger?: boolean;
  shortcut?: string;
}
export function DropdownMenuItem({ className, danger, shortcut, children, ...props }: ItemProps) {
  return (
    <Radix.Item
      className={cn(
        itemLooks,
        danger && 'text-danger data-highlighted:bg-danger-soft [&_svg:not([class*=text-])]:text-danger',
        className,
      )}
      {...props}
    >
      {/* One child only, so that `asChild` can make it a link. */}
      {shortcut ? (
        <>
          {children}
          <Kbd keys={shortcut} className="ml-auto pl-4" />
        </>
      ) : (
        children
      )}
    </Radix.Item>
  );
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(itemLooks, 'pr-8', className)} {...props}>
      {children}
      <Radix.ItemIndicator className="absolute right-3">
        <Check className="size-3.5 text-accent-text" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemLooks, 'relative pr-8', className)} {...props}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check className="size-3.5 text-accent-text" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return (
    <Radix.Label
      className={cn('px-2 py-1.5 text-xs font-medium text-foreground-subtle', className)}
      {...props}
    />
  );
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn('-mx-1 my-1 h-px bg-border', className)} {...props} />;
}

export function DropdownMenuSubTrigger({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.SubTrigger>) {
  return (
    <Radix.SubTrigger className={cn(itemLooks, 'data-[state=open]:bg-foreground/7', className)} {...props}>
      {children}
      <ChevronRight className="ml-auto size-3.5!" />
    </Radix.SubTrigger>
  );
}

export function DropdownMenuSubContent({ className, ...props }: ComponentProps<typeof Radix.SubContent>) {
  return (
    <Radix.Portal>
      <Radix.SubContent
        sideOffset={6}
        collisionPadding={8}
        className={cn(contentLooks, className)}
        {...props}
      />
    </Radix.Portal>
  );
}
