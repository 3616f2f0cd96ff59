'use client';
import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children?: ReactNode;
  /** The verb on the button: "Delete workflow". */
  confirmLabel: string;
  /** For what “Cancel” would be ambiguous. */
  cancelLabel?: string;
  danger?: boolean;
  pending?: boolean;
  onConfirm: () => void;
}

/** For what cannot be taken back. Stays open while `pending`; the caller closes it. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  cancelLabel = 'Cancel',
  danger = true,
  pending,
  onConfirm,
}: ConfirmDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 grid items-end bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in sm:items-center sm:p-6">
          <Radix.Content className="mx-auto w-full rounded-t-xl border border-border bg-surface-raised shadow-dialog outline-none data-[state=closed]:animate-dialog-out data-[state=open]:animate-dialog-in sm:max-w-md sm:rounded-xl">
            <div className="flex flex-col gap-1.5 p-5">
              <Radix.Title className="text-base font-semibold tracking-tight">{title}</Radix.Title>
              <Radix.Description asChild>
                <div className="text-ui text-foreground-muted">{children}</div>
              </Radix.Description>
            </div>
            <div className="flex justify-end gap-2 border-t border-border px-5 py-3">
              <Radix.Cancel asChild>
                <Button>{cancelLabel}</Button>
              </Radix.Cancel>
              <Button variant={danger ? 'danger' : 'primary'} pending={pending} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </div>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
