'use client';
import { Page } from '#components/layout/page.tsx';
import { AppearanceCard } from './appearance-card.tsx';
import { DeleteWorkspaceCard } from './delete-workspace-card.tsx';
import { useMay } from './me-provider.tsx';
import { TransferCard } from './transfer-card.tsx';
import { WorkspaceFactsCard } from './workspace-facts-card.tsx';
import { WorkspaceLimitCard } from './workspace-limit-card.tsx';
import { WorkspaceNameCard } from './workspace-name-card.tsx';

export function SettingsPage() {
  const { own } = useMay();
  return (
    <Page title="Settings" description="Of this workspace, for everybody in it." narrow>
      <div className="flex flex-col gap-5">
        <WorkspaceNameCard />
        <WorkspaceLimitCard />
        <WorkspaceFactsCard />
        <AppearanceCard />
        {own ? <TransferCard /> : null}
        {own ? <DeleteWorkspaceCard /> : null}
      </div>
    </Page>
  );
}
