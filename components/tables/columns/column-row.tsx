'use client';
import { ChevronDown, ChevronUp, Trash2, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useId } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger } from '#components/ui/select.tsx';
import { cn } from '#lib/cn.ts';
import { COLUMN_TYPES, type ColumnType } from '#server/tables/schema.ts';
import { COLUMN_LOOKS } from './column-types.ts';
import type { DraftColumn } from './draft-columns.ts';

interface Props {
  column: DraftColumn;
  /** From 1: there is nothing else to call it as long as it has no name. */
  number: number;
  last: boolean;
  problem: string | undefined;
  register: (key: number, input: HTMLInputElement | null) => void;
  onChange: (change: Partial<DraftColumn>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  /** false: there is nowhere to go, the form may have the key. */
  onEnter: () => boolean;
}

export function ColumnRow({ column, number, last, problem, register, ...on }: Props) {
  const id = useId();
  const { saved, removed, name } = column;
  const { label, Icon } = COLUMN_LOOKS[column.type];
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key] : undefined;
    if (step) {
      event.preventDefault();
      if (step === -1 ? number > 1 : !last) on.onMove(step);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      if (on.onEnter()) event.preventDefault();
    } else if (event.key === 'Backspace' && name === '' && !saved) {
      event.preventDefault();
      on.onRemove();
    }
  };
  return (
    <li className="flex flex-col gap-1">
      <div className={cn('flex items-center gap-1.5', removed && 'opacity-60')}>
        <Input
          ref={(input) => register(column.key, input)}
          aria-label={`Name of column ${number}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? id : undefined}
          value={name}
          placeholder={number === 1 ? 'email' : 'column_name'}
          maxLength={63}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          readOnly={saved}
          title={saved ? 'A column keeps its name and its type.' : undefined}
          className={cn('min-w-0 flex-1 font-mono sm:text-xs', removed && 'line-through')}
          onChange={(event) => on.onChange({ name: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <Select
          value={column.type}
          disabled={saved}
          onValueChange={(type) => on.onChange({ type: type as ColumnType })}
        >
          <SelectTrigger aria-label={`Type of column ${number}`} className="w-28 shrink-0 sm:w-32">
            <span className="flex items-center gap-2">
              <Icon aria-hidden="true" className="size-3.5 shrink-0 text-foreground-subtle" />
              {label}
            </span>
          </SelectTrigger>
          <SelectContent>
            {COLUMN_TYPES.map((type) => (
              <SelectItem key={type} value={type} help={COLUMN_LOOKS[type].help}>
                {COLUMN_LOOKS[type].label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        <span className="flex shrink-0">
          <IconButton
            label="Move up"
            size="xs"
            tooltip={false}
            disabled={number === 1}
            onClick={() => on.onMove(-1)}
          >
            <ChevronUp className="size-3.5" />
          </IconButton>
          <IconButton
            label="Move down"
            size="xs"
            tooltip={false}
            disabled={last}
            onClick={() => on.onMove(1)}
          >
            <ChevronDown className="size-3.5" />
          </IconButton>
          <IconButton
            label={`${removed ? 'Keep' : 'Remove'} ${name || `column ${number}`}`}
            size="xs"
            variant={removed ? 'ghost' : 'danger'}
            tooltip={false}
            onClick={on.onRemove}
          >
            {removed ? <Undo2 className="size-3.5" /> : <Trash2 className="size-3.5" />}
          </IconButton>
        </span>
      </div>
      <FieldError id={id} message={problem} />
    </li>
  );
}
