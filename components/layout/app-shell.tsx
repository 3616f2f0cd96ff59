'use client';
import { useSelectedLayoutSegments } from 'next/navigation';
import type { ReactNode } from 'react';
import { PlanNotice } from '#components/billing/plan-notice.tsx';
import { UpgradePrompt } from '#components/billing/upgrade-prompt.tsx';
import { CommandPalette } from './command-palette.tsx';
import { MobileBar } from './mobile-bar.tsx';
import { Sidebar } from './sidebar.tsx';

/**
 * Sidebar and page. A page about one workflow or execution is a canvas: it gets the whole height, the sidebar shrinks
 * to its icons and, on a small screen, the page brings its own top bar.
 */
export function AppShell({ children }: { children: ReactNode }) {
  const segments = useSelectedLayoutSegments();
  const isCanvas = segments.length > 1;
  return (
    <div className="flex h-dvh flex-col overflow-hidden md:flex-row">
      <a
        href="#page"
        className="sr-only z-70 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Sidebar compact={isCanvas} />
      {isCanvas ? null : <MobileBar />}
      <main
        id="page"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto outline-none"
      >
        {isCanvas ? null : <PlanNotice />}
        {children}
      </main>
      <CommandPalette />
      <UpgradePrompt />
    </div>
  );
}
