import { Check } from 'lucide-react';
import type { ColumnType } from '#server/tables/schema.ts';
import { toText } from '../cell-values.ts';

const LONG = 24;

/** One line of it; the whole text is in the row's own dialog. */
export function CellValue({ value, type }: { value: unknown; type: ColumnType }) {
  if (value === null || value === undefined || value === '') return null;
  const text = toText(value, type);
  if (type === 'boolean') {
    return value === true ? (
      <span className="flex items-center gap-1">
        <Check aria-hidden="true" className="size-3.5 text-success" />
        {text}
      </span>
    ) : (
      <span className="text-foreground-muted">{text}</span>
    );
  }
  const title = type === 'date' ? String(value) : text.length > LONG ? text.slice(0, 1_000) : undefined;
  return (
    <span className="block truncate" title={title}>
      {text.slice(0, 500)}
    </span>
  );
}
