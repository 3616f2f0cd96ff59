'use client';

import { Input } from '#components/ui/input.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { TextField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

export function TextFieldControl({ field, value, onChange, id }: ControlProps<TextField>) {
  const { readOnly } = useForm();
  const shared = {
    id,
    readOnly,
    value: value === undefined || value === null ? (field.default ?? '') : String(value),
    placeholder: field.placeholder,
    spellCheck: false,
  };
  if (field.secret) {
    return (
      <SecretInput {...shared} label={field.label} multiline={field.multiline} onValueChange={onChange} />
    );
  }
  return field.multiline ? (
    <Textarea {...shared} onChange={(event) => onChange(event.target.value)} />
  ) : (
    <Input {...shared} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
  );
}
