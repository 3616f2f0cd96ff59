'use client';
import { LockKeyhole, Plus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';

export function NoCredentials({ onCreate }: { onCreate: () => void }) {
  const may = useMay();
  return (
    <EmptyState
      icon={<LockKeyhole />}
      title="No credentials yet"
      actions={
        may.edit ? (
          <Button variant="primary" onClick={onCreate}>
            <Plus />
            New credential
          </Button>
        ) : null
      }
    >
      <p>
        A password or key of another service is kept here once, encrypted. Nodes only point to it: it stands
        in no workflow, no export and no log, and you decide who may use it and where it may be sent.
      </p>
    </EmptyState>
  );
}
