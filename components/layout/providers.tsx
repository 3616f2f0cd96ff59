'use client';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { ApiProvider } from '#components/trpc/provider.tsx';
import { TooltipProvider } from '#components/ui/tooltip.tsx';
import { Toaster } from './toaster.tsx';

/** What every page has, signed in or not. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <TooltipProvider>
        <ApiProvider>{children}</ApiProvider>
        <Toaster />
      </TooltipProvider>
    </ThemeProvider>
  );
}
