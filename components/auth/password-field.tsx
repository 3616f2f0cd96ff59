'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { Label } from '#components/ui/label.tsx';

interface PasswordFieldProps {
  label?: string;
  name?: string;
  autoComplete: 'current-password' | 'new-password';
  help?: string;
  error?: string;
}

export function PasswordField({
  label = 'Password',
  name = 'password',
  autoComplete,
  help,
  error,
}: PasswordFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <div className="relative">
        <Input
          id={id}
          name={name}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          required
          className="pr-10"
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-note`}
        />
        <button
          type="button"
          aria-label="Show password"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 inline-flex w-9 items-center justify-center rounded-md text-foreground-subtle hover:text-foreground"
        >
          {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      </div>
      <div id={`${id}-note`}>
        {help && !error ? <p className="text-xs text-foreground-muted">{help}</p> : null}
        <FieldError message={error} />
      </div>
    </div>
  );
}
