'use client';
import { useId } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { TableColumn } from '#server/tables/schema.ts';
import { COLUMN_LOOKS } from './columns/column-types.ts';

interface Props {
  column: TableColumn;
  draft: string;
  readOnly: boolean;
  problem: string | undefined;
  onChange: (draft: string) => void;
}

/** One value of a row, in the control of its type. */
export function RowField({ column: { name, type }, draft, readOnly, problem, onChange }: Props) {
  const id = useId();
  const { Icon, label } = COLUMN_LOOKS[type];
  const common = {
    id,
    readOnly,
    'aria-invalid': problem ? (true as const) : undefined,
    'aria-describedby': problem ? `${id}-error` : undefined,
    value: draft,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex min-w-0 items-center gap-1.5 text-ui font-medium">
        <Icon aria-hidden="true" className="size-3.5 shrink-0 text-foreground-subtle" />
        <span className="truncate">{name}</span>
        <span className="sr-only">, {label}</span>
      </label>
      {type === 'string' ? (
        <Textarea {...common} rows={1} className="min-h-8 resize-none" />
      ) : type === 'boolean' ? (
        <SegmentedControl
          label={name}
          value={draft === '' ? 'empty' : draft}
          onValueChange={(next) => onChange(next === 'empty' ? '' : next)}
          className="self-start"
          options={[
            { value: 'true', label: 'Yes', disabled: readOnly },
            { value: 'false', label: 'No', disabled: readOnly },
            { value: 'empty', label: 'Empty', disabled: readOnly },
          ]}
        />
      ) : (
        <Input
          {...common}
          type={type === 'date' ? 'datetime-local' : 'text'}
          step={type === 'date' ? 1 : undefined}
          inputMode={type === 'number' ? 'decimal' : undefined}
          className="sm:w-56"
        />
      )}
      <FieldError id={`${id}-error`} message={problem} />
    </div>
  );
}
