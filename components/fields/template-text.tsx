'use client';

import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { hasTemplate } from '#nodes/fields.ts';
import { EXPRESSION_MIME } from './drag-data.ts';
import { ExpressionInput } from './expression-input.tsx';
import { useForm } from './form-context.tsx';

interface TemplateTextProps {
  id: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  placeholder?: string;
}

/**
 * One line for a fixed text or an expression, without a switch beside it: typing `{{` or dropping a field turns it into an
 * expression. For rows, where there is no room for more.
 */
export function TemplateText({ id, label, value, onChange, placeholder }: TemplateTextProps) {
  const { readOnly } = useForm();
  const [typed, setTyped] = useState(false);
  const text =
    value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  if (hasTemplate(text) || typed) {
    return (
      <ExpressionInput
        id={id}
        label={label}
        value={text}
        onChange={(next) => {
          if (next === '') setTyped(false);
          onChange(next);
        }}
        placeholder={placeholder}
        autoFocus={typed}
      />
    );
  }
  return (
    <Input
      id={id}
      aria-label={label}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      value={text}
      placeholder={placeholder}
      onChange={(event) => {
        const next = event.target.value;
        if (!hasTemplate(next)) return onChange(next);
        setTyped(true);
        onChange(next.endsWith('{{') ? `${next}  }}` : next);
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(EXPRESSION_MIME)) event.preventDefault();
      }}
      onDrop={(event) => {
        const expression = event.dataTransfer.getData(EXPRESSION_MIME);
        if (!expression || readOnly) return;
        event.preventDefault();
        onChange(`${text}{{ ${expression} }}`);
      }}
    />
  );
}
