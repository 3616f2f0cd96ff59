'use client';

import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { ListField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { firstRowOf } from './first-row.ts';
import { Form } from './form.tsx';
import { useForm } from './form-context.tsx';
import { move, removeAt, replaceAt, rowsOf, withKey } from './rows.ts';

/** Rows of the same fields; each can be moved and removed. */
export function ListFieldControl({ field, value, onChange, path }: ControlProps<ListField>) {
  const { readOnly } = useForm();
  const rows = rowsOf(value);
  const keys = useRowKeys(rows.length);
  const full = rows.length >= (field.max ?? 1000);
  return (
    <div className="space-y-2">
      {rows.map((row, i) => (
        <fieldset
          key={keys.at(i)}
          className="relative rounded-lg border border-border bg-background/60 p-2.5"
        >
          <legend className="sr-only">{`${field.label} ${i + 1}`}</legend>
          {readOnly ? null : (
            <div className="absolute top-1.5 right-1.5 z-10 flex rounded-md bg-surface/80 opacity-0 transition-opacity focus-within:opacity-100 [fieldset:hover>&]:opacity-100 max-md:opacity-100">
              <IconButton
                label="Move up"
                size="xs"
                disabled={i === 0}
                onClick={() => {
                  keys.move(i, i - 1);
                  onChange(move(rows, i, i - 1));
                }}
              >
                <ChevronUp className="size-3.5" />
              </IconButton>
              <IconButton
                label="Move down"
                size="xs"
                disabled={i === rows.length - 1}
                onClick={() => {
                  keys.move(i, i + 1);
                  onChange(move(rows, i, i + 1));
                }}
              >
                <ChevronDown className="size-3.5" />
              </IconButton>
              <IconButton
                label="Remove"
                variant="danger"
                size="xs"
                onClick={() => {
                  keys.remove(i);
                  onChange(removeAt(rows, i));
                }}
              >
                <Trash2 className="size-3.5" />
              </IconButton>
            </div>
          )}
          <Form
            fields={field.fields}
            values={row}
            path={`${path}.${i}.`}
            onChange={(name, next) => onChange(replaceAt(rows, i, withKey(row, name, next)))}
          />
        </fieldset>
      ))}
      {readOnly || full ? null : (
        <Button size="sm" variant="secondary" onClick={() => onChange([...rows, firstRowOf(field.fields)])}>
          <Plus className="size-3.5" />
          {field.addLabel ?? 'Add'}
        </Button>
      )}
    </div>
  );
}

/** Keys that stay with their rows while these are moved: rows have no ids of their own. */
export function useRowKeys(count: number) {
  const keys = useRef<number[]>([]);
  const next = useRef(0);
  while (keys.current.length < count) keys.current.push(next.current++);
  keys.current.length = count;
  return {
    at: (index: number) => keys.current[index],
    move: (from: number, to: number) => {
      keys.current = move(keys.current, from, to);
    },
    remove: (index: number) => {
      keys.current = removeAt(keys.current, index);
    },
  };
}
