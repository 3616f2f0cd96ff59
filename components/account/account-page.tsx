'use client';
import { Page } from '#components/layout/page.tsx';
import { DeletedLink } from '#components/workspaces/deleted-link.tsx';
import { DataCard } from './data-card.tsx';
import { DeleteAccountCard } from './delete-account-card.tsx';
import { EmailCard } from './email-card.tsx';
import { IdentitiesCard } from './identities-card.tsx';
import { NameCard } from './name-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { TwoFactorCard } from './two-factor-card.tsx';

export function AccountPage() {
  return (
    <Page title="Your account" description="The same in all workspaces that you are in." narrow>
      <div className="flex flex-col gap-5">
        <NameCard />
        <EmailCard />
        <PasswordCard />
        <IdentitiesCard />
        <TwoFactorCard />
        <SessionsCard />
        <DataCard />
        <DeleteAccountCard />
        <DeletedLink />
      </div>
    </Page>
  );
}
