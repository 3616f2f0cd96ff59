import { type ColumnType, columnSchema, MAX_COLUMNS, type TableColumn } from '#server/tables/schema.ts';

/** A column in a dialog, before it is saved. */
export interface DraftColumn {
  /** Stays the same while the row is moved and renamed. */
  key: number;
  name: string;
  type: ColumnType;
  /** The table has it: neither its name nor its type can change. */
  saved: boolean;
  /** Goes, with its values, when the dialog is saved. */
  removed: boolean;
}

let keys = 0;
export const blankColumn = (): DraftColumn => ({
  key: ++keys,
  name: '',
  type: 'string',
  saved: false,
  removed: false,
});

export const draftsOf = (columns: readonly TableColumn[]): DraftColumn[] =>
  columns.map((column) => ({ ...column, key: ++keys, saved: true, removed: false }));

/** What would be saved, and what is wrong by the key of its row. Rows without a name are left out: nobody filled them. */
export function checkColumns(drafts: readonly DraftColumn[]): {
  columns: TableColumn[];
  problems: ReadonlyMap<number, string>;
} {
  const problems = new Map<number, string>();
  const columns: TableColumn[] = [];
  const seen = new Map<string, DraftColumn>();
  for (const draft of drafts) {
    if (draft.saved) seen.set(draft.name, draft);
  }
  for (const draft of drafts) {
    if (draft.removed || draft.name.trim() === '') continue;
    const parsed = columnSchema.safeParse({ name: draft.name, type: draft.type });
    if (!parsed.success) {
      problems.set(draft.key, parsed.error.issues[0]!.message);
      continue;
    }
    const same = seen.get(parsed.data.name);
    if (same && same !== draft)
      problems.set(
        draft.key,
        same.removed ? 'Save first: the column of this name goes only then.' : 'There is one already.',
      );
    seen.set(parsed.data.name, draft);
    columns.push(parsed.data);
  }
  const last = drafts.at(-1);
  if (columns.length > MAX_COLUMNS && last)
    problems.set(last.key, `A table has ${MAX_COLUMNS} columns at most.`);
  return { columns, problems };
}
