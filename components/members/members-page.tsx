'use client';
import { UserPlus } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberList } from './member-list.tsx';
import { RoleGuide } from './role-guide.tsx';
import { SeatCount } from './seat-count.tsx';

export function MembersPage() {
  const may = useMay();
  const router = useRouter();
  const path = useWorkspacePath();
  const wantsInvite = useSearchParams().has('invite');
  const [inviting, setInviting] = useState(false);
  const showInvite = (open: boolean) => {
    setInviting(open);
    if (!open && wantsInvite) router.replace(path('members'));
  };
  return (
    <Page
      title="Members"
      description="Everybody here sees the workflows of this workspace. Roles decide who may change them."
      actions={
        may.administer ? (
          <>
            <SeatCount />
            <Button variant="primary" onClick={() => setInviting(true)}>
              <UserPlus />
              Invite member
            </Button>
          </>
        ) : null
      }
    >
      <div className="flex flex-col gap-6">
        <MemberList />
        {may.administer ? <InvitationList /> : null}
        <RoleGuide />
      </div>
      {may.administer ? <InviteDialog open={inviting || wantsInvite} onOpenChange={showInvite} /> : null}
    </Page>
  );
}
