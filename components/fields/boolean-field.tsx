'use client';

import { Switch } from '#components/ui/switch.tsx';
import type { BooleanField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

export function BooleanFieldControl({ field, value, onChange, id }: ControlProps<BooleanField>) {
  const { readOnly } = useForm();
  const on = value === undefined ? (field.default ?? false) : value === true || value === 'true';
  return <Switch id={id} checked={on} disabled={readOnly} onCheckedChange={onChange} />;
}
