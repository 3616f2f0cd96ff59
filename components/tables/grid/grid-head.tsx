'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#lib/cn.ts';
import { COLUMN_LOOKS } from '../columns/column-types.ts';
import type { GridColumn } from './grid-columns.ts';
import type { RowSort } from './use-table-rows.ts';

interface Props {
  columns: readonly GridColumn[];
  order: RowSort;
  onOrderChange: (order: RowSort) => void;
  /** null: rows cannot be selected. */
  selected: boolean | 'indeterminate' | null;
  onSelectAll: () => void;
}

export function GridHead({ columns, order, onOrderChange, selected, onSelectAll }: Props) {
  const Arrow = order === 'newest' ? ArrowDown : ArrowUp;
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ name, type, own }, i) => {
          const { Icon, label } = COLUMN_LOOKS[type];
          return (
            <th
              key={name}
              scope="col"
              aria-colindex={i + 1}
              aria-sort={i === 0 ? (order === 'newest' ? 'descending' : 'ascending') : undefined}
              className={cn(
                'sticky top-0 z-10 h-9 border-r border-b border-border bg-surface px-2.5 text-left text-xs font-medium',
                i === 0 && 'left-0 z-20 pl-3',
                !own && 'text-foreground-subtle',
              )}
            >
              {i === 0 ? (
                <span className="flex items-center gap-2.5">
                  {selected === null ? null : (
                    <Checkbox
                      aria-label="Select all loaded rows"
                      checked={selected}
                      onCheckedChange={onSelectAll}
                    />
                  )}
                  <button
                    type="button"
                    title={order === 'newest' ? 'Newest first' : 'Oldest first'}
                    aria-label={`id, ${order} first. Turn round`}
                    onClick={() => onOrderChange(order === 'newest' ? 'oldest' : 'newest')}
                    className="inline-flex items-center gap-1 rounded hover:text-foreground"
                  >
                    id
                    <Arrow aria-hidden="true" className="size-3" />
                  </button>
                </span>
              ) : (
                <span className="flex items-center gap-1.5" title={`${name} (${label})`}>
                  <Icon aria-hidden="true" className="size-3.5 shrink-0 text-foreground-subtle" />
                  <span className="truncate">{name}</span>
                </span>
              )}
            </th>
          );
        })}
        {/* what is left of the width */}
        <th aria-hidden className="sticky top-0 z-10 border-b border-border bg-surface p-0" />
      </tr>
    </thead>
  );
}
