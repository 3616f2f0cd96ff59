'use client';

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { SelectField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

export function SelectFieldControl({ field, value, onChange, id }: ControlProps<SelectField>) {
  const { readOnly } = useForm();
  const current = typeof value === 'string' && value !== '' ? value : field.default;
  const known = field.options.some((o) => o.value === current);
  return (
    <Select value={current} onValueChange={onChange} disabled={readOnly}>
      <SelectTrigger id={id} aria-invalid={!known || undefined}>
        <SelectValue placeholder={current} />
      </SelectTrigger>
      <SelectContent>
        {field.options.map((option) => (
          <SelectItem key={option.value} value={option.value} help={option.help}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
