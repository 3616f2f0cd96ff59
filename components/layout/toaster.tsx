'use client';
import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      toastOptions={{
        classNames: {
          toast:
            'rounded-lg! border-border! bg-surface-raised! text-foreground! shadow-raised! font-sans! text-ui!',
          description: 'text-foreground-muted!',
          actionButton: 'bg-accent! text-accent-foreground!',
          closeButton: 'bg-surface-raised! border-border! text-foreground-muted!',
          success: '[&_[data-icon]]:text-success!',
          error: '[&_[data-icon]]:text-danger!',
        },
      }}
    />
  );
}
