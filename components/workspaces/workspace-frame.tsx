'use client';
import type { ReactNode } from 'react';
import { AppShell } from '#components/layout/app-shell.tsx';
import { ApiProvider } from '#components/trpc/provider.tsx';
import type { Me } from '#server/accounts/schema.ts';
import { MeProvider } from './me-provider.tsx';
import { WorkspaceProvider } from './workspace-provider.tsx';

/** Everything around the pages of one workspace. The key gives each workspace a cache of its own. */
export function WorkspaceFrame({
  me,
  workspaceId,
  children,
}: {
  me: Me;
  workspaceId: string;
  children: ReactNode;
}) {
  return (
    <MeProvider me={me}>
      <WorkspaceProvider workspaceId={workspaceId}>
        <ApiProvider key={workspaceId}>
          <AppShell>{children}</AppShell>
        </ApiProvider>
      </WorkspaceProvider>
    </MeProvider>
  );
}
