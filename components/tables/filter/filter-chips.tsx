'use client';
import { X } from 'lucide-react';
import { Fragment } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { TableColumn } from '#server/tables/schema.ts';
import { conditionInWords, readFilter } from './filter-operators.ts';
import type { FilterState } from './use-row-filter.ts';

/** The filter in words, so that nobody takes some rows for all of them. */
export function FilterChips({ columns, state }: { columns: readonly TableColumn[]; state: FilterState }) {
  const active = state.drafts.filter(
    (draft) => readFilter(columns, [draft], state.match).conditions.length > 0,
  );
  if (active.length === 0) return null;
  return (
    <section
      aria-label="Filter"
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-border bg-surface px-3 py-1.5 text-xs sm:px-4"
    >
      <span className="text-foreground-muted">Rows where</span>
      {active.map((draft, i) => {
        const words = conditionInWords(columns, draft);
        return (
          <Fragment key={draft.key}>
            {i > 0 ? (
              <span className="text-foreground-subtle">{state.match === 'all' ? 'and' : 'or'}</span>
            ) : null}
            <span className="inline-flex h-6 max-w-full items-center rounded-full bg-accent-soft pl-2.5 font-medium text-accent-text">
              <span className="truncate">{words}</span>
              <button
                type="button"
                aria-label={`Remove “${words}”`}
                onClick={() => state.remove(draft.key)}
                className="inline-flex size-6 shrink-0 items-center justify-center rounded-full hover:bg-foreground/7"
              >
                <X aria-hidden="true" className="size-3" />
              </button>
            </span>
          </Fragment>
        );
      })}
      {active.length > 1 ? (
        <Button size="sm" variant="ghost" className="ml-auto h-6" onClick={state.clear}>
          Clear
        </Button>
      ) : null}
    </section>
  );
}
