'use client';

import { Input } from '#components/ui/input.tsx';
import type { DateTimeField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

/** Local time without a zone, as the browser's own picker gives it; a value it cannot show is edited as text. */
export function DateTimeFieldControl({ field, value, onChange, id }: ControlProps<DateTimeField>) {
  const { readOnly, timezone } = useForm();
  const text = typeof value === 'string' ? value : (field.default ?? '');
  const pickable = text === '' || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text);
  return (
    <div className="flex items-center gap-2">
      <Input
        id={id}
        type={pickable ? 'datetime-local' : 'text'}
        readOnly={readOnly}
        value={text}
        placeholder={field.placeholder}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <span className="shrink-0 text-foreground-subtle text-xs">{timezone}</span>
    </div>
  );
}
