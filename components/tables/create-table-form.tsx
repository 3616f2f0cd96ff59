'use client';
import { useState } from 'react';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { FieldError } from '#components/ui/field-error.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { createTableSchema, type TableColumn } from '#server/tables/schema.ts';
import { ColumnsEditor } from './columns/columns-editor.tsx';
import { blankColumn, checkColumns, type DraftColumn } from './columns/draft-columns.ts';

interface Props {
  pending: boolean;
  error: unknown;
  onCreate: (input: { name: string; columns: TableColumn[] }) => void;
  /** What the server refused is being corrected. */
  onChange: () => void;
  onClose: () => void;
}

const schema = createTableSchema.extend({
  columns: createTableSchema.shape.columns.refine(
    (columns) => columns.length > 0,
    'Add at least one column.',
  ),
});

export function CreateTableForm({ pending, error, onCreate, onChange, onClose }: Props) {
  const [drafts, setDrafts] = useState<DraftColumn[]>(() => [blankColumn()]);
  const [checked, setChecked] = useState(false);
  const { columns, problems } = checkColumns(drafts);
  const { form, errors } = useSchemaForm(
    schema,
    (input) => {
      if (problems.size === 0) onCreate(input);
    },
    { columns },
  );
  const taken = errorCode(error) === 'CONFLICT';
  return (
    <form
      {...form}
      onSubmit={(event) => {
        setChecked(true);
        form.onSubmit(event);
      }}
      className="flex min-h-0 flex-col"
    >
      <DialogHeader>
        <DialogTitle>New table</DialogTitle>
        <DialogDescription>
          Every row also gets an id and the times when it was created and changed.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <TextField
          label="Name"
          name="name"
          placeholder="Customers"
          maxLength={100}
          autoComplete="off"
          required
          onInput={onChange}
          error={errors.name ?? (taken ? errorMessage(error) : undefined)}
        />
        <fieldset className="flex flex-col">
          <legend className="mb-1.5 text-ui font-medium">Columns</legend>
          <ColumnsEditor
            columns={drafts}
            problems={checked ? problems : NONE}
            onChange={(next) => {
              setDrafts(next);
              onChange();
            }}
          />
          <FieldError
            className="mt-1.5"
            message={columns.length === 0 && problems.size === 0 ? errors.columns : undefined}
          />
        </fieldset>
        {error && !taken ? <Callout tone="danger">{errorMessage(error)}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Create table
        </Button>
      </DialogFooter>
    </form>
  );
}

const NONE: ReadonlyMap<number, string> = new Map();
