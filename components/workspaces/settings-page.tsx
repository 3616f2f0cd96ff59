'use client';
import { Page } from '#components/layout/page.tsx';
import { AppearanceCard } from './appearance-card.tsx';
import { WorkspaceFactsCard } from './workspace-facts-card.tsx';
import { WorkspaceLimitCard } from './workspace-limit-card.tsx';
import { WorkspaceNameCard } from './workspace-name-card.tsx';

export function SettingsPage() {
  return (
    <Page title="Settings" description="Of this workspace, for everybody in it." narrow>
      <div className="flex flex-col gap-5">
        <WorkspaceNameCard />
        <WorkspaceLimitCard />
        <WorkspaceFactsCard />
        <AppearanceCard />
      </div>
    </Page>
  );
}
