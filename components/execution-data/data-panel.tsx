'use client';

import { Braces, ListTree, Search, Table2 } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { type Item, isStored, type Outputs, shownItems } from '#engine/item.ts';
import type { Port } from '#engine/node.ts';
import { cn } from '#lib/cn.ts';
import { JsonView } from './json-view.tsx';
import { matching } from './schema-of.ts';
import { SchemaView } from './schema-view.tsx';
import { StoredNote } from './stored-note.tsx';
import { TableView } from './table-view.tsx';

type View = 'schema' | 'table' | 'json';

interface DataPanelProps {
  items: Outputs;
  /** In the node's order; ports without items stay in sight. */
  ports: readonly Port[];
  /** Selector of runs, origin of the data, buttons. */
  header?: ReactNode;
  /** Shown instead of data while there is none. */
  empty: ReactNode;
  /** '' : fields drag as `$json…`; a name: as `$('Name')…`; null: fields are not for dragging. */
  source: string | null;
  defaultView?: View;
}

const count = new Intl.NumberFormat('en');

/** Items by port, as schema, table or JSON, with search. Draws only what is in sight. */
export function DataPanel({ items, ports, header, empty, source, defaultView = 'schema' }: DataPanelProps) {
  const [view, setView] = useState<View>(defaultView);
  const [wanted, setWanted] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  const deferred = useDeferredValue(query);
  const names = useMemo(() => portNames(items, ports), [items, ports]);
  const port =
    names.find((n) => n.name === wanted) ?? names.find((n) => (items[n.name]?.length ?? 0) > 0) ?? names[0];
  const output = (port && items[port.name]) ?? NO_ITEMS;
  const list = shownItems(output);
  const rows = useMemo(() => matching(list, deferred), [list, deferred]);
  const found = useMemo(() => rows.map((r) => r.item), [rows]);
  const total = deferred ? list.length : output.length;
  const hasData = Object.keys(items).length > 0;
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="data-panel">
      {header}
      {hasData ? (
        <>
          {names.length > 1 ? (
            <div role="tablist" aria-label="Ports" className="flex shrink-0 gap-1 overflow-x-auto px-3 pt-2">
              {names.map((n) => (
                <button
                  key={n.name}
                  type="button"
                  role="tab"
                  aria-selected={n === port}
                  className={cn(
                    'shrink-0 rounded-md px-2 py-1 font-medium text-xs',
                    n === port ? 'bg-muted text-foreground' : 'text-foreground-muted hover:text-foreground',
                  )}
                  onClick={() => setWanted(n.name)}
                >
                  {n.label}{' '}
                  <span className="font-normal text-foreground-subtle">
                    {count.format(items[n.name]?.length ?? 0)}
                  </span>
                </button>
              ))}
            </div>
          ) : null}
          <div className="flex shrink-0 items-center gap-2 border-border border-b px-3 py-2">
            <SegmentedControl
              label="Show as"
              size="sm"
              value={view}
              onValueChange={setView}
              options={[
                { value: 'schema', label: <ListTree />, ariaLabel: 'Schema' },
                { value: 'table', label: <Table2 />, ariaLabel: 'Table' },
                { value: 'json', label: <Braces />, ariaLabel: 'JSON' },
              ]}
            />
            <span className="shrink-0 text-foreground-muted text-xs tabular-nums" data-testid="item-count">
              {deferred ? `${count.format(rows.length)} of ` : ''}
              {count.format(total)} {total === 1 ? 'item' : 'items'}
            </span>
            <div className="relative ml-auto min-w-0 max-w-44 flex-1">
              <Search className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-foreground-subtle" />
              <Input
                aria-label="Search in the items"
                placeholder="Search"
                value={query}
                onChange={(event) => setQuery(event.target.value)}
                className="h-7 pl-7 text-xs"
              />
            </div>
          </div>
          {isStored(output) ? <StoredNote output={output} /> : null}
          {rows.length === 0 ? (
            <p className="px-4 py-8 text-center text-foreground-muted text-ui">
              {deferred ? `No item holds “${deferred}”.` : 'No items came out here.'}
            </p>
          ) : view === 'schema' ? (
            <SchemaView items={found} source={source} />
          ) : view === 'table' ? (
            <TableView rows={rows} source={source} />
          ) : (
            <JsonView rows={rows} />
          )}
        </>
      ) : (
        empty
      )}
    </div>
  );
}

const NO_ITEMS: Item[] = [];

function portNames(items: Outputs, ports: readonly Port[]): { name: string; label: string }[] {
  const known = ports.map((p) => ({ name: p.name, label: p.label || p.name }));
  const extra = Object.keys(items).filter((name) => !known.some((k) => k.name === name));
  return [...known, ...extra.map((name) => ({ name, label: name }))];
}
