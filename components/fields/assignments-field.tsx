'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { cn } from '#lib/cn.ts';
import type { AssignmentsField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { EXPRESSION_MIME } from './drag-data.ts';
import { useForm } from './form-context.tsx';
import { useRowKeys } from './list-field.tsx';
import { RowIssues } from './row-issues.tsx';
import { removeAt, replaceAt, rowsOf } from './rows.ts';
import { TemplateText } from './template-text.tsx';

const TYPES = [
  ['string', 'Text'],
  ['number', 'Number'],
  ['boolean', 'Yes/no'],
  ['array', 'List'],
  ['object', 'Object'],
  ['any', 'Any'],
] as const;

/** Name, type and value, row by row. A field dropped from the input becomes a row of the same name. */
export function AssignmentsFieldControl({ value, onChange, path }: ControlProps<AssignmentsField>) {
  const { readOnly } = useForm();
  const id = useId();
  const rows = rowsOf(value);
  const keys = useRowKeys(rows.length);
  const set = (index: number, change: Record<string, unknown>) =>
    onChange(replaceAt(rows, index, { ...rows[index], ...change }));
  const dropRow = (event: React.DragEvent) => {
    const expression = event.dataTransfer.getData(EXPRESSION_MIME);
    if (!expression || readOnly || event.defaultPrevented) return;
    event.preventDefault();
    const name = /([\w$]+)"?\]?$/.exec(expression)?.[1] ?? 'field';
    onChange([...rows, { name, type: 'any', value: `{{ ${expression} }}` }]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target beside the keyboard's way, the add button
    <div
      className="space-y-2"
      onDrop={dropRow}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(EXPRESSION_MIME)) event.preventDefault();
      }}
    >
      {rows.map((row, i) => (
        <div key={keys.at(i)} className="group/row rounded-lg border border-border bg-background/60 p-2">
          <div className="mb-1.5 flex gap-1.5">
            <Input
              aria-label={`Name of field ${i + 1}`}
              readOnly={readOnly}
              value={String(row.name ?? '')}
              placeholder="name"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set(i, { name: event.target.value })}
            />
            <Select
              value={String(row.type ?? 'string')}
              onValueChange={(type) => set(i, { type })}
              disabled={readOnly}
            >
              <SelectTrigger className="w-28 shrink-0" aria-label={`Type of field ${i + 1}`}>
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {TYPES.map(([type, label]) => (
                  <SelectItem key={type} value={type}>
                    {label}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
            {readOnly ? null : (
              <IconButton
                label="Remove field"
                variant="danger"
                onClick={() => {
                  keys.remove(i);
                  onChange(removeAt(rows, i));
                }}
              >
                <Trash2 className="size-3.5" />
              </IconButton>
            )}
          </div>
          <TemplateText
            id={`${id}-${i}`}
            label={`Value of field ${i + 1}`}
            value={row.value}
            placeholder="Value, or {{ $json.field }}"
            onChange={(next) => set(i, { value: next })}
          />
          <RowIssues path={`${path}.${i}`} />
        </div>
      ))}
      {readOnly ? null : (
        <Button
          size="sm"
          className={cn(rows.length === 0 && 'w-full border-dashed py-4 text-foreground-muted shadow-none')}
          onClick={() => onChange([...rows, { name: '', type: 'string', value: '' }])}
        >
          <Plus className="size-3.5" />
          {rows.length === 0 ? 'Add a field, or drop one here' : 'Add field'}
        </Button>
      )}
    </div>
  );
}
