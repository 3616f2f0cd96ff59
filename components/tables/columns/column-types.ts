import { Calendar, Hash, type LucideIcon, ToggleLeft, Type } from 'lucide-react';
import type { ColumnType } from '#server/tables/schema.ts';

/** How the types of columns are called, and drawn. */
export const COLUMN_LOOKS: Record<ColumnType, { label: string; help: string; Icon: LucideIcon }> = {
  string: { label: 'Text', help: 'Anything; objects and lists as JSON', Icon: Type },
  number: { label: 'Number', help: 'Whole or with decimals', Icon: Hash },
  boolean: { label: 'Yes/no', help: 'true or false', Icon: ToggleLeft },
  date: { label: 'Date', help: 'With time of day', Icon: Calendar },
};
