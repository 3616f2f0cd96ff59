'use client';
import { ListFilter, Plus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field-error.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { cn } from '#lib/cn.ts';
import type { TableColumn } from '#server/tables/schema.ts';
import { ConditionRow } from './condition-row.tsx';
import type { FilterState } from './use-row-filter.ts';

interface Props {
  columns: readonly TableColumn[];
  state: FilterState;
  /** What the server said to the filter. */
  error: string | undefined;
}

export function FilterButton({ columns, state, error }: Props) {
  const { drafts, filter } = state;
  const active = filter.conditions.length;
  return (
    <Popover
      onOpenChange={(open) => {
        if (open && drafts.length === 0) state.add();
      }}
    >
      <PopoverTrigger asChild>
        <Button
          className={cn('max-sm:px-2', active > 0 && 'border-accent/50 bg-accent-soft text-accent-text')}
        >
          <ListFilter />
          <span className="max-sm:sr-only">Filter</span>
          {active > 0 ? <span className="tabular-nums">{active}</span> : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label="Filter rows"
        className="max-h-(--radix-popover-content-available-height) w-[min(34rem,calc(100vw-1rem))] overflow-y-auto"
      >
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-ui font-medium">Rows that meet</span>
            <SegmentedControl
              label="How the conditions are combined"
              size="sm"
              value={state.match}
              onValueChange={state.setMatch}
              options={[
                { value: 'all', label: 'all' },
                { value: 'any', label: 'any' },
              ]}
            />
            <span className="text-ui font-medium">of these</span>
          </div>
          <ul className="flex flex-col gap-2 max-sm:gap-3">
            {drafts.map((draft, i) => (
              <ConditionRow
                key={draft.key}
                columns={columns}
                condition={draft}
                number={i + 1}
                onChange={(change) => state.change(draft.key, change)}
                onRemove={() => state.remove(draft.key)}
              />
            ))}
          </ul>
          <FieldError message={error} />
          <div className="flex items-center justify-between gap-2">
            <Button size="sm" onClick={state.add}>
              <Plus />
              Add condition
            </Button>
            {drafts.length > 0 ? (
              <Button size="sm" variant="ghost" onClick={state.clear}>
                Clear all
              </Button>
            ) : null}
          </div>
        </div>
      </PopoverContent>
    </Popover>
  );
}
