'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#lib/cn.ts';

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

const SIDES = {
  left: 'inset-y-0 left-0 w-72 border-r data-[state=closed]:animate-sheet-left-out data-[state=open]:animate-sheet-left-in',
  right:
    'inset-y-0 right-0 w-96 border-l data-[state=closed]:animate-sheet-right-out data-[state=open]:animate-sheet-right-in',
  bottom:
    'inset-x-0 bottom-0 max-h-[88dvh] rounded-t-xl border-t data-[state=closed]:animate-sheet-bottom-out data-[state=open]:animate-sheet-bottom-in',
} as const;

/** A panel at an edge of the screen. `title` names it; show it with a SheetTitle of your own by `hideTitle`. */
export function SheetContent({
  className,
  children,
  side = 'right',
  title,
  hideTitle = false,
  ...props
}: ComponentProps<typeof Radix.Content> & { side?: keyof typeof SIDES; title: string; hideTitle?: boolean }) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          'fixed z-50 flex max-w-[92vw] flex-col border-border bg-surface-raised shadow-dialog outline-none',
          side === 'bottom' && 'max-w-none',
          SIDES[side],
          className,
        )}
        {...props}
      >
        <div className={cn('flex items-center justify-between px-4 py-3', hideTitle && 'sr-only')}>
          <Radix.Title className="text-sm font-semibold">{title}</Radix.Title>
          <Radix.Close
            aria-label="Close"
            className="inline-flex size-7 items-center justify-center rounded-md text-foreground-subtle hover:bg-muted hover:text-foreground"
          >
            <X className="size-4" />
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
