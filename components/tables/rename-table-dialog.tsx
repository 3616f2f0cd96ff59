'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
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
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { createTableSchema, type Table } from '#server/tables/schema.ts';

interface Props {
  table: Table;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RenameTableDialog({ table, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="sm">
        <DialogHeader>
          <DialogTitle>Rename table</DialogTitle>
          <DialogDescription>
            Workflows that chose it from the list find it still; those that call it by its name do not.
          </DialogDescription>
        </DialogHeader>
        <RenameForm table={table} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

const schema = createTableSchema.pick({ name: true });

function RenameForm({ table, onDone }: { table: Table; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const rename = useMutation(
    trpc.tables.update.mutationOptions({
      meta: { showsError: true },
      onSuccess: (renamed) => {
        queryClient.setQueryData(trpc.tables.get.queryKey({ id: table.id }), renamed);
        void queryClient.invalidateQueries({ queryKey: trpc.tables.list.pathKey() });
        onDone();
      },
    }),
  );
  const { form, errors } = useSchemaForm(schema, ({ name }) => rename.mutate({ id: table.id, name }));
  const taken = errorCode(rename.error) === 'CONFLICT';
  return (
    <form {...form}>
      <DialogBody>
        <TextField
          label="Name"
          name="name"
          defaultValue={table.name}
          maxLength={100}
          required
          autoComplete="off"
          onInput={() => rename.reset()}
          error={errors.name ?? (taken ? errorMessage(rename.error) : undefined)}
        />
        {rename.error && !taken ? <Callout tone="danger">{errorMessage(rename.error)}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={rename.isPending}>
          Rename
        </Button>
      </DialogFooter>
    </form>
  );
}
