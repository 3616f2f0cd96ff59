'use client';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { ApiProvider } from '#components/trpc/provider.tsx';
import { TooltipProvider } from '#components/ui/tooltip.tsx';
import { Toaster } from './toaster.tsx';

/** What every page has, signed in or not. `nonce` allows the script that sets the theme before the first paint. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      <TooltipProvider>
        <ApiProvider>{children}</ApiProvider>
        <Toaster />
      </TooltipProvider>
    </ThemeProvider>
  );
}
