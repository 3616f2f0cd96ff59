import type { ColumnType } from '#server/tables/schema.ts';

/** What a cell shows. Dates are in the zone of whoever looks. */
export function toText(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return '';
  if (type === 'boolean') return value === true ? 'Yes' : value === false ? 'No' : String(value);
  if (type === 'date') return toLocal(value).replace('T', ' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What its editor begins with: the text of an input of that type. */
export function toDraft(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return '';
  if (type === 'date') return toLocal(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export type Reading = { value: string | number | boolean | null } | { problem: string };

/** The value that a draft stands for; an empty one is null in every type. */
export function fromDraft(draft: string, type: ColumnType): Reading {
  if (draft === '') return { value: null };
  if (type === 'number') {
    const number = Number(draft);
    if (draft.trim() === '') return { value: null };
    return Number.isFinite(number) ? { value: number } : { problem: 'Enter a number, like 12 or 0.5.' };
  }
  if (type === 'boolean') return { value: draft === 'true' };
  if (type === 'date') {
    const date = new Date(draft);
    return Number.isNaN(date.getTime())
      ? { problem: 'Enter a date and a time.' }
      : { value: date.toISOString() };
  }
  return { value: draft };
}

/** `2026-01-02T03:04:05` in the zone of the browser; what is no date as it is. */
function toLocal(value: unknown): string {
  const date = new Date(String(value));
  if (Number.isNaN(date.getTime())) return String(value);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
