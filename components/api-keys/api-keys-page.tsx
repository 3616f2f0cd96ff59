'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { ApiKeyList } from './api-key-list.tsx';
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx';

export function ApiKeysPage() {
  const may = useMay();
  const [creating, setCreating] = useState(false);
  return (
    <Page
      title="API keys"
      description={
        <>
          For scripts and servers that call the REST API. What it can do is in the{' '}
          <a href="/docs/api" className="font-medium text-accent-text hover:underline">
            API reference
          </a>
          .
        </>
      }
      actions={
        may.edit ? (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus />
            Create key
          </Button>
        ) : null
      }
    >
      {may.edit ? (
        <ApiKeyList onCreate={() => setCreating(true)} />
      ) : (
        <EmptyState title="Viewers have no API keys">
          Ask an admin of the workspace for another role.
        </EmptyState>
      )}
      <CreateApiKeyDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}
