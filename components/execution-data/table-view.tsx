'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx';
import type { Item } from '#engine/item.ts';
import { DragField } from './drag-field.tsx';
import { FileChips } from './file-chips.tsx';
import { JsonTree } from './json-tree.tsx';
import { isRecord, oneLine } from './schema-of.ts';

const ROW_HEIGHT = 30;
const COLUMNS_AT_ONCE = 30;

/** Items as rows. Rows out of sight are not in the page, so ten thousand items scroll like ten. */
export function TableView({
  rows,
  source,
}: {
  rows: readonly { item: Item; index: number }[];
  source: string | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [columnCap, setColumnCap] = useState(COLUMNS_AT_ONCE);
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const shown = columns.slice(0, columnCap);
  const hasFiles = useMemo(() => rows.some((row) => row.item.files), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const slots = virtual.getVirtualItems();
  const before = slots[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (slots.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto">
      <table className="min-w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            <th className="sticky top-0 z-10 w-9 border-border border-b bg-surface px-2 py-1.5 text-right font-normal text-foreground-subtle">
              #
            </th>
            {shown.map((key) => (
              <th
                key={key}
                className="sticky top-0 z-10 border-border border-b bg-surface px-2 py-1.5 text-left font-medium"
              >
                <DragField path={[key]} source={source}>
                  {key}
                </DragField>
              </th>
            ))}
            {hasFiles ? (
              <th className="sticky top-0 z-10 border-border border-b bg-surface px-2 py-1.5 text-left font-medium">
                Files
              </th>
            ) : null}
            {columns.length > columnCap ? (
              <th className="sticky top-0 z-10 border-border border-b bg-surface px-2 py-1.5 text-left font-medium">
                <button
                  type="button"
                  className="whitespace-nowrap text-accent-text hover:underline"
                  onClick={() => setColumnCap(columnCap + COLUMNS_AT_ONCE)}
                >
                  {columns.length - columnCap} more columns
                </button>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? (
            <tr aria-hidden>
              <td style={{ height: before }} />
            </tr>
          ) : null}
          {slots.map((slot) => {
            const row = rows[slot.index];
            return row ? (
              <tr key={slot.key} className="hover:bg-muted" style={{ height: ROW_HEIGHT }}>
                <td className="border-border/60 border-b px-2 text-right text-foreground-subtle tabular-nums">
                  {row.index}
                </td>
                {shown.map((key) => (
                  <td key={key} className="max-w-64 border-border/60 border-b px-2">
                    <Cell value={row.item.json[key]} path={[key]} />
                  </td>
                ))}
                {hasFiles ? (
                  <td className="border-border/60 border-b px-2">
                    {row.item.files ? <FileChips files={row.item.files} /> : null}
                  </td>
                ) : null}
              </tr>
            ) : null;
          })}
          {after > 0 ? (
            <tr aria-hidden>
              <td style={{ height: after }} />
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value, path }: { value: unknown; path: readonly string[] }) {
  if (value === undefined) return <span className="text-foreground-subtle">–</span>;
  if (value === null) return <span className="text-foreground-subtle italic">null</span>;
  if (value === '') return <span className="text-foreground-subtle italic">empty</span>;
  const long = typeof value === 'string' && value.length > 60;
  if (!long && !isRecord(value) && !Array.isArray(value)) {
    return <span className="block truncate">{String(value)}</span>;
  }
  return (
    <Popover>
      <PopoverTrigger className="block w-full truncate text-left decoration-dotted underline-offset-4 hover:underline">
        {oneLine(value)}
      </PopoverTrigger>
      <PopoverContent className="max-h-80 w-96 overflow-auto font-mono text-xs leading-5">
        {typeof value === 'string' ? (
          <p className="whitespace-pre-wrap break-words">{value.slice(0, 20_000)}</p>
        ) : (
          <JsonTree value={value} path={path} openTo={2} />
        )}
      </PopoverContent>
    </Popover>
  );
}

const SCANNED = 200;

function columnsOf(rows: readonly { item: Item }[]): string[] {
  const names = new Set<string>();
  for (const { item } of rows.slice(0, SCANNED)) for (const key of Object.keys(item.json)) names.add(key);
  return [...names];
}
