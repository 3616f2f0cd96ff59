'use client';
import { Columns3, Copy, Download, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { toast } from 'sonner';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { saveFile } from '#components/ui/save-file.ts';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { Table } from '#server/tables/schema.ts';
import { type Row, toCsv, toJson } from './export-rows.ts';
import { exactCount, rowsInWords } from './row-words.ts';
import type { TableDialog } from './table-dialogs.tsx';

interface Props {
  table: Table;
  /** Those that are loaded. */
  rows: readonly Row[];
  onDialog: (dialog: TableDialog) => void;
}

export function MoreMenu({ table, rows, onDialog }: Props) {
  const may = useMay();
  const copy = () => {
    navigator.clipboard.writeText(toJson(rows)).then(
      () => toast.success(`${rowsInWords(rows.length)} copied.`),
      () => toast.error('The browser refused to copy. Download the rows instead.'),
    );
  };
  const all = rows.length === table.rowCount;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={`More for ${table.name}`} tooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        {may.edit ? (
          <>
            <DropdownMenuItem onSelect={() => onDialog('columns')}>
              <Columns3 />
              Columns…
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onDialog('rename')}>
              <Pencil />
              Rename…
            </DropdownMenuItem>
            <DropdownMenuSeparator />
          </>
        ) : null}
        <DropdownMenuLabel>
          {all ? 'All rows' : `The ${exactCount(rows.length)} rows that are loaded`}
        </DropdownMenuLabel>
        <DropdownMenuItem disabled={rows.length === 0} onSelect={copy}>
          <Copy />
          Copy as JSON
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={rows.length === 0}
          onSelect={() => saveFile(`${fileName(table.name)}.csv`, toCsv(table.columns, rows))}
        >
          <Download />
          Download CSV
        </DropdownMenuItem>
        {may.edit ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger onSelect={() => onDialog('delete')}>
              <Trash2 />
              Delete table…
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** What some file system does not take becomes a dash. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'table';
