'use client';
import { ListChecks, Plus, RotateCcw, Search, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';

/** Says what tables are good for, to someone who has never had one. */
export function NoTables({ onCreate }: { onCreate: () => void }) {
  const may = useMay();
  return (
    <Card>
      <EmptyState
        icon={<Table2 />}
        title="A memory for your workflows"
        actions={
          may.edit ? (
            <Button variant="primary" onClick={onCreate}>
              <Plus />
              Create a table
            </Button>
          ) : null
        }
      >
        <p>
          A run forgets everything when it ends. What it writes into a table stays, and every workflow of this
          workspace can read it.
        </p>
        <ul className="mt-4 grid gap-2 text-left">
          <Use icon={<RotateCcw />} title="State">
            Where the last run stopped, or which orders have been seen, so that nothing is done twice.
          </Use>
          <Use icon={<Search />} title="Lookups">
            Prices, e-mail addresses, settings: change a row here, and the next run uses it.
          </Use>
          <Use icon={<ListChecks />} title="Results">
            Sign-ups, readings, reports: collected row by row, to look at here or to download.
          </Use>
        </ul>
        <p className="mt-4">
          {may.edit
            ? 'In a workflow, the node “Data table” reads and writes them.'
            : 'You may look but not edit here. Tables that others create show up on this page.'}
        </p>
      </EmptyState>
    </Card>
  );
}

function Use({ icon, title, children }: { icon: ReactNode; title: string; children: string }) {
  return (
    <li className="flex gap-3 rounded-lg border border-border px-3 py-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-foreground-subtle">
      {icon}
      <span>
        <span className="font-medium text-foreground">{title}.</span> {children}
      </span>
    </li>
  );
}
