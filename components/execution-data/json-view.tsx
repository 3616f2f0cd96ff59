'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Item } from '#engine/item.ts';
import { FileChips } from './file-chips.tsx';
import { JsonTree } from './json-tree.tsx';

/** Items as trees; only those in sight are in the page. */
export function JsonView({ rows }: { rows: readonly { item: Item; index: number }[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 120,
    overscan: 4,
    getItemKey: (i) => rows[i]?.index ?? i,
  });
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto py-1 font-mono text-[12px] leading-5">
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((slot) => {
          const row = rows[slot.index];
          return row ? (
            <div
              key={slot.key}
              data-index={slot.index}
              ref={virtual.measureElement}
              className="absolute top-0 left-0 w-full"
              style={{ transform: `translateY(${slot.start}px)` }}
            >
              <JsonTree name={row.index} value={row.item.json} path={[]} openTo={rows.length > 20 ? 1 : 2} />
              {row.item.files ? (
                <div className="px-3">
                  <FileChips files={row.item.files} />
                </div>
              ) : null}
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}
