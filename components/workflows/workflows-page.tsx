'use client';
import { useQuery } from '@tanstack/react-query';
import { FileDown, Plus } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { useCreateWorkflow } from './use-create-workflow.ts';
import { WorkflowList } from './workflow-list.tsx';

export function WorkflowsPage() {
  const trpc = useTRPC();
  const may = useMay();
  const router = useRouter();
  const path = useWorkspacePath();
  const create = useCreateWorkflow();
  const wantsImport = useSearchParams().has('import');
  // An empty page offers the same by itself, and better explained.
  const isEmpty = useQuery(trpc.workflows.list.queryOptions({ limit: 1 })).data?.data.length === 0;
  const [importing, setImporting] = useState(false);
  const showImport = (open: boolean) => {
    setImporting(open);
    if (!open && wantsImport) router.replace(path('workflows'));
  };
  return (
    <Page
      title="Workflows"
      description="Each one starts with a trigger and runs its steps in order, in parallel where it can."
      actions={
        may.edit && !isEmpty ? (
          <>
            <Button onClick={() => setImporting(true)}>
              <FileDown />
              Import
            </Button>
            <Button
              variant="primary"
              pending={create.isPending}
              onClick={() => create.mutate({ name: 'Untitled workflow' })}
            >
              <Plus />
              Create workflow
            </Button>
          </>
        ) : null
      }
    >
      <WorkflowList onImport={() => setImporting(true)} />
      <ImportDialog open={importing || wantsImport} onOpenChange={showImport} />
    </Page>
  );
}
