'use client';

import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import type { NumberField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

/** Keeps what is being typed (`1.`, `-`) and passes on numbers; what is no number is passed on as text for the check. */
export function NumberFieldControl({ field, value, onChange, id }: ControlProps<NumberField>) {
  const { readOnly } = useForm();
  const [typing, setTyping] = useState<string | null>(null);
  const shown =
    value === undefined ? (field.default === undefined ? '' : String(field.default)) : String(value);
  return (
    <Input
      id={id}
      readOnly={readOnly}
      inputMode={field.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={typing ?? shown}
      placeholder={field.placeholder}
      onChange={(event) => {
        const text = event.target.value;
        setTyping(text);
        const number = Number(text);
        onChange(text.trim() === '' ? undefined : Number.isNaN(number) ? text : number);
      }}
      onBlur={() => setTyping(null)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (step === 0 || readOnly) return;
        event.preventDefault();
        const next = (Number(shown) || 0) + step;
        setTyping(null);
        onChange(Math.min(field.max ?? next, Math.max(field.min ?? next, next)));
      }}
    />
  );
}
