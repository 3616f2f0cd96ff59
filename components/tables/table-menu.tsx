'use client';
import { Columns3, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { Table } from '#server/tables/schema.ts';
import { type TableDialog, TableDialogs } from './table-dialogs.tsx';

/** Of a table in the list. */
export function TableMenu({ table }: { table: Table }) {
  const may = useMay();
  const [dialog, setDialog] = useState<TableDialog | null>(null);
  if (!may.edit) return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`Actions for ${table.name}`} tooltip={false} className="relative z-1">
            <MoreHorizontal />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-44">
          <DropdownMenuItem onSelect={() => setDialog('rename')}>
            <Pencil />
            Rename…
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setDialog('columns')}>
            <Columns3 />
            Columns…
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={() => setDialog('delete')}>
            <Trash2 />
            Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <TableDialogs table={table} open={dialog} onClose={() => setDialog(null)} />
    </>
  );
}
