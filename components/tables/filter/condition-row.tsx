'use client';
import { X } from 'lucide-react';
import { useId } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { TableColumn } from '#server/tables/schema.ts';
import {
  type DraftCondition,
  FILTER_OPERATORS,
  filterColumns,
  newCondition,
  readCondition,
} from './filter-operators.ts';

interface Props {
  columns: readonly TableColumn[];
  condition: DraftCondition;
  number: number;
  onChange: (change: Partial<DraftCondition>) => void;
  onRemove: () => void;
}

export function ConditionRow({ columns, condition, number, onChange, onRemove }: Props) {
  const id = useId();
  const all = filterColumns(columns);
  const { type } = all.find(({ name }) => name === condition.column) ?? { type: 'string' as const };
  const operators = FILTER_OPERATORS[type];
  const read = readCondition(columns, condition);
  const problem = read && 'problem' in read ? read.problem : undefined;
  const choose = (name: string) => {
    const column = all.find((one) => one.name === name);
    if (!column) return;
    // the same type may keep what was typed
    onChange(column.type === type ? { column: name } : { ...newCondition(column), key: condition.key });
  };
  return (
    <li>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-1.5 sm:grid-cols-[minmax(0,1fr)_8.5rem_minmax(0,1.2fr)_auto]">
        <Select value={condition.column} onValueChange={choose}>
          <SelectTrigger aria-label={`Column of condition ${number}`}>
            <SelectValue placeholder={condition.column} />
          </SelectTrigger>
          <SelectContent>
            {all.map(({ name }) => (
              <SelectItem key={name} value={name}>
                {name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        <Select value={condition.operator} onValueChange={(operator) => onChange({ operator })}>
          <SelectTrigger aria-label={`Operator of condition ${number}`}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {Object.entries(operators).map(([key, { label }]) => (
              <SelectItem key={key} value={key}>
                {label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        {operators[condition.operator]?.unary ? (
          <span className="max-sm:hidden" />
        ) : (
          <Input
            aria-label={`Value of condition ${number}`}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? id : undefined}
            type={type === 'date' ? 'datetime-local' : 'text'}
            inputMode={type === 'number' ? 'decimal' : undefined}
            placeholder="Value"
            autoComplete="off"
            value={condition.draft}
            onChange={(event) => onChange({ draft: event.target.value })}
            className="min-w-0 max-sm:order-last max-sm:col-span-3"
          />
        )}
        <IconButton label={`Remove condition ${number}`} variant="danger" tooltip={false} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <FieldError id={id} className="mt-1" message={problem} />
    </li>
  );
}
