'use client';
import { Columns3, Plus, Rows3, SearchX } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { Table } from '#server/tables/schema.ts';

interface Props {
  table: Table;
  filtered: boolean;
  onClear: () => void;
  onAddRow: () => void;
  onColumns: () => void;
}

export function NoRows({ table, filtered, onClear, onAddRow, onColumns }: Props) {
  const may = useMay();
  if (filtered) {
    return (
      <EmptyState
        className="m-auto"
        icon={<SearchX />}
        title="No row meets the filter"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  }
  const needsColumns = table.columns.length === 0;
  const add = needsColumns ? (
    <Button variant="primary" onClick={onColumns}>
      <Columns3 />
      Add columns
    </Button>
  ) : (
    <Button variant="primary" onClick={onAddRow}>
      <Plus />
      Add the first row
    </Button>
  );
  return (
    <EmptyState
      className="m-auto"
      icon={<Rows3 />}
      title={needsColumns ? 'No columns yet' : 'No rows yet'}
      actions={may.edit ? add : null}
    >
      {needsColumns
        ? 'Say what belongs in a row: a name and a type for each value.'
        : 'Add rows here, or let a workflow do it: put the node “Data table” into it and choose this table.'}
    </EmptyState>
  );
}
