'use client';

import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Item } from '#engine/item.ts';
import { cn } from '#lib/cn.ts';
import { DragField } from './drag-field.tsx';
import { FileChips } from './file-chips.tsx';
import { oneLine, type SchemaField, schemaOf } from './schema-of.ts';

/** The fields of the items with their types: drag one into a parameter. */
export function SchemaView({ items, source }: { items: readonly Item[]; source: string | null }) {
  const fields = useMemo(() => schemaOf(items.map((i) => i.json)), [items]);
  const withFiles = useMemo(() => items.find((item) => item.files), [items]);
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto px-2 py-1.5 text-xs">
      {fields.map((field) => (
        <Field key={String(field.key)} field={field} source={source} depth={0} />
      ))}
      {withFiles?.files ? (
        <li className="px-4 py-1">
          <FileChips files={withFiles.files} />
        </li>
      ) : null}
      {fields.length === 0 && !withFiles ? (
        <li className="px-2 py-6 text-center text-foreground-muted">These items have no fields.</li>
      ) : null}
    </ul>
  );
}

const TONES: Readonly<Record<string, string>> = {
  string: 'text-hue-emerald',
  number: 'text-hue-orange',
  boolean: 'text-hue-fuchsia',
  object: 'text-hue-blue',
  list: 'text-hue-violet',
};
const NAMES: Readonly<Record<string, string>> = { string: 'text', boolean: 'yes/no' };

function Field({ field, source, depth }: { field: SchemaField; source: string | null; depth: number }) {
  const [open, setOpen] = useState(depth < 1);
  const hasChildren = field.children.length > 0;
  return (
    <li>
      <div
        className="flex min-h-7 items-center gap-1.5 rounded-md pr-1.5 hover:bg-muted"
        style={{ paddingLeft: depth * 14 }}
      >
        {hasChildren ? (
          <button
            type="button"
            aria-label={`${open ? 'Close' : 'Open'} ${field.key}`}
            aria-expanded={open}
            className="grid size-4 place-items-center text-foreground-subtle"
            onClick={() => setOpen(!open)}
          >
            <ChevronRight className={cn('size-3.5 transition-transform', open && 'rotate-90')} />
          </button>
        ) : (
          <span className="size-4" />
        )}
        <DragField path={field.path} source={source} className="shrink-0 font-medium">
          {String(field.key)}
        </DragField>
        <span className={cn('shrink-0 text-[10.5px]', TONES[field.type] ?? 'text-foreground-subtle')}>
          {NAMES[field.type] ?? field.type}
        </span>
        {hasChildren ? null : (
          <span className="min-w-0 flex-1 truncate text-right text-foreground-muted">
            {oneLine(field.sample, 60)}
          </span>
        )}
      </div>
      {open && hasChildren ? (
        <ul>
          {field.children.map((child) => (
            <Field key={String(child.key)} field={child} source={source} depth={depth + 1} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
