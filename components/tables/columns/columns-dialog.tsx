'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import type { Table } from '#server/tables/schema.ts';
import { rowsInWords } from '../row-words.ts';
import { ColumnsEditor } from './columns-editor.tsx';
import { blankColumn, checkColumns, type DraftColumn, draftsOf } from './draft-columns.ts';

interface Props {
  table: Table;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ColumnsDialog({ table, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>Columns of “{table.name}”</DialogTitle>
          <DialogDescription>
            Workflows know a column by its name: that and the type stay as they are. Every row has id,
            createdAt and updatedAt besides.
          </DialogDescription>
        </DialogHeader>
        <ColumnsForm table={table} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ColumnsForm({ table, onDone }: { table: Table; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [drafts, setDrafts] = useState<DraftColumn[]>(() =>
    table.columns.length > 0 ? draftsOf(table.columns) : [blankColumn()],
  );
  const [checked, setChecked] = useState(false);
  const save = useMutation(
    trpc.tables.update.mutationOptions({
      meta: { showsError: true },
      onSuccess: (changed) => {
        queryClient.setQueryData(trpc.tables.get.queryKey({ id: table.id }), changed);
        void queryClient.invalidateQueries({ queryKey: trpc.tables.list.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.tables.rows.pathKey() });
        toast.success('Saved.');
        onDone();
      },
    }),
  );
  const { columns, problems } = checkColumns(drafts);
  const gone = drafts.filter(({ removed }) => removed).map(({ name }) => name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setChecked(true);
    if (problems.size === 0) save.mutate({ id: table.id, columns });
  };
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <ColumnsEditor
          columns={drafts}
          problems={checked ? problems : NONE}
          onChange={(next) => {
            setDrafts(next);
            save.reset();
          }}
        />
        {gone.length > 0 ? (
          <Callout tone="warning">
            {gone.map((name) => `“${name}”`).join(', ')} {gone.length === 1 ? 'goes' : 'go'} with the values
            in {table.rowCount === 0 ? 'all rows' : rowsInWords(table.rowCount)}. This cannot be undone, and
            workflows that use {gone.length === 1 ? 'it' : 'them'} fail.
          </Callout>
        ) : null}
        {save.error ? <Callout tone="danger">{errorMessage(save.error)}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant={gone.length > 0 ? 'danger' : 'primary'} pending={save.isPending}>
          {gone.length > 0
            ? `Save and remove ${gone.length === 1 ? 'column' : `${gone.length} columns`}`
            : 'Save'}
        </Button>
      </DialogFooter>
    </form>
  );
}

const NONE: ReadonlyMap<number, string> = new Map();
