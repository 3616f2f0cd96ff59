'use client';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import type { Table, TableColumn } from '#server/tables/schema.ts';
import { fromDraft, toDraft } from './cell-values.ts';
import type { Row } from './export-rows.ts';
import type { RowChanges } from './grid/use-row-changes.ts';
import { RowField } from './row-field.tsx';

interface Props {
  table: Table;
  row: Row | 'new';
  readOnly: boolean;
  changes: RowChanges;
  onClose: () => void;
}

export function RowForm({ table: { columns }, row, readOnly, changes, onClose }: Props) {
  const [first] = useState(() => draftsOf(columns, row));
  const [drafts, setDrafts] = useState(first);
  const [problems, setProblems] = useState<Record<string, string | undefined>>({});
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (then: 'close' | 'another') => {
    const { values, wrong } = readDrafts(columns, drafts, row === 'new' ? null : first);
    setProblems(wrong);
    setError(null);
    if (Object.keys(wrong).length > 0 || pending) return;
    setPending(true);
    try {
      if (row === 'new') {
        const added = await changes.add(values);
        if (then === 'another') toast.success(`Row ${added.id} was added.`);
      } else if (Object.keys(values).length > 0) await changes.update(row, values);
      if (then === 'close') onClose();
      else setDrafts(first);
    } catch (refused) {
      setError(refused);
    } finally {
      setPending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    void save('close');
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        // Enter alone is a new line in a text
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
      className="flex min-h-0 flex-col"
    >
      <DialogBody>
        {columns.length === 0 ? (
          <p className="text-ui text-foreground-muted">This table has no columns yet.</p>
        ) : null}
        {columns.map((column) => (
          <RowField
            key={column.name}
            column={column}
            draft={drafts[column.name] ?? ''}
            readOnly={readOnly}
            problem={problems[column.name]}
            onChange={(draft) => {
              setDrafts((now) => ({ ...now, [column.name]: draft }));
              setProblems(({ [column.name]: _fixed, ...others }) => others);
            }}
          />
        ))}
        {error ? <Callout tone="danger">{errorMessage(error)}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{readOnly ? 'Close' : 'Cancel'}</Button>
        {row === 'new' ? (
          <Button disabled={pending} onClick={() => void save('another')}>
            Add and go on
          </Button>
        ) : null}
        {readOnly ? null : (
          <Button type="submit" variant="primary" pending={pending}>
            {row === 'new' ? 'Add row' : 'Save'}
          </Button>
        )}
      </DialogFooter>
    </form>
  );
}

type Drafts = Record<string, string>;
const draftsOf = (columns: readonly TableColumn[], row: Row | 'new'): Drafts =>
  Object.fromEntries(columns.map(({ name, type }) => [name, row === 'new' ? '' : toDraft(row[name], type)]));

/** The values of what was filled in, or of what is no longer as it was `before`. */
function readDrafts(columns: readonly TableColumn[], drafts: Drafts, before: Drafts | null) {
  const values: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const { name, type } of columns) {
    const draft = drafts[name] ?? '';
    if (draft === (before?.[name] ?? '')) continue;
    const reading = fromDraft(draft, type);
    if ('problem' in reading) wrong[name] = reading.problem;
    else values[name] = reading.value;
  }
  return { values, wrong };
}
