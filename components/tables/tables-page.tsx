'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { CreateTableDialog } from './create-table-dialog.tsx';
import { TableList } from './table-list.tsx';

export function TablesPage() {
  const trpc = useTRPC();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  // An empty page offers the same by itself, and better explained.
  const isEmpty = useQuery(trpc.tables.list.queryOptions()).data?.data.length === 0;
  return (
    <Page
      title="Tables"
      description="Rows that your workflows keep from one run to the next, find again and change."
      actions={
        may.edit && !isEmpty ? (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus />
            New table
          </Button>
        ) : null
      }
    >
      <TableList onCreate={() => setCreating(true)} />
      <CreateTableDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}
