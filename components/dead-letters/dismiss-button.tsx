'use client';
import { type ReactNode, useState } from 'react';
import { plural } from '#components/editor/format.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

interface DismissButtonProps {
  label: ReactNode;
  count: number;
  disabled: boolean;
  onDismiss: () => void;
}

export function DismissButton({ label, count, disabled, onDismiss }: DismissButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Dismiss ${plural(count, 'execution')}?`}
        confirmLabel="Dismiss"
        onConfirm={() => {
          setAsking(false);
          onDismiss();
        }}
      >
        {count === 1 ? 'It leaves this list and is' : 'They leave this list and are'} not retried. What ran
        stays under Executions, with its data, and can be retried from there.
      </ConfirmDialog>
    </>
  );
}
