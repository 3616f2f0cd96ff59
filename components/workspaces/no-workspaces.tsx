'use client';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { Button } from '#components/ui/button.tsx';
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx';
import { DeletedLink } from './deleted-link.tsx';

/** For somebody who has left every workspace. */
export function NoWorkspaces({ name }: { name: string }) {
  const [creating, setCreating] = useState(false);
  return (
    <AuthCard
      title={`Hello, ${name}`}
      description="You are in no workspace. Create one, or ask for an invitation."
    >
      <div className="flex flex-col gap-3">
        <Button variant="primary" size="lg" onClick={() => setCreating(true)}>
          Create workspace
        </Button>
        <Button asChild variant="ghost">
          <Link href="/account">Your account</Link>
        </Button>
        <Button variant="ghost" onClick={() => void signOut({ redirectTo: '/login' })}>
          Log out
        </Button>
        <DeletedLink />
      </div>
      <CreateWorkspaceDialog open={creating} onOpenChange={setCreating} />
    </AuthCard>
  );
}
