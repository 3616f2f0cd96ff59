'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { CredentialList } from './credential-list.tsx';
import { NewCredentialDialog } from './new-credential-dialog.tsx';

export function CredentialsPage() {
  const trpc = useTRPC();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  // An empty page offers the same by itself, and better explained.
  const isEmpty = useQuery(trpc.credentials.list.queryOptions({ limit: 1 })).data?.data.length === 0;
  return (
    <Page
      title="Credentials"
      description="Secrets of other services that your workflows use without knowing them."
      actions={
        may.edit && !isEmpty ? (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus />
            New credential
          </Button>
        ) : null
      }
    >
      <CredentialList onCreate={() => setCreating(true)} />
      <NewCredentialDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}
