'use client';
import { useMemo, useState } from 'react';
import { useDebounced } from '#components/ui/use-debounced.ts';
import type { RowFilter, TableColumn } from '#server/tables/schema.ts';
import { type DraftCondition, newCondition, readFilter } from './filter-operators.ts';

/** Waits for a pause in the typing. */
const REST_MS = 300;

export interface FilterState {
  drafts: readonly DraftCondition[];
  match: RowFilter['match'];
  /** What the server is asked. */
  filter: RowFilter;
  setMatch: (match: RowFilter['match']) => void;
  change: (key: number, change: Partial<DraftCondition>) => void;
  add: () => void;
  remove: (key: number) => void;
  clear: () => void;
}

/** The conditions as they are being filled in, and what they come to. */
export function useRowFilter(columns: readonly TableColumn[]): FilterState {
  const [drafts, setDrafts] = useState<readonly DraftCondition[]>([]);
  const [match, setMatch] = useState<RowFilter['match']>('all');
  const asked = JSON.stringify(readFilter(columns, drafts, match));
  const rested = useDebounced(asked, REST_MS);
  return {
    drafts,
    match,
    filter: useMemo(() => JSON.parse(rested) as RowFilter, [rested]),
    setMatch,
    change: (key, change) =>
      setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...change } : draft))),
    add: () => setDrafts([...drafts, newCondition(columns[0] ?? { name: 'id', type: 'number' })]),
    remove: (key) => setDrafts(drafts.filter((draft) => draft.key !== key)),
    clear: () => setDrafts([]),
  };
}
