'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cn } from '#lib/cn.ts';
import { IconButton } from './icon-button.tsx';
import { Input } from './input.tsx';
import { Textarea } from './textarea.tsx';

export interface SecretInputProps {
  id?: string;
  /** What the secret is, for the button: “Password”. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  multiline?: boolean;
  readOnly?: boolean;
  placeholder?: string;
  spellCheck?: boolean;
}

/** A password or key: dots until somebody asks to see it. */
export function SecretInput({ label, multiline = false, onValueChange, ...props }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  const hidden = !shown && props.value !== '';
  return (
    <div className="relative">
      {multiline ? (
        <Textarea
          {...props}
          autoComplete="off"
          className={cn('pr-10', hidden && '[-webkit-text-security:disc]')}
          onChange={(event) => onValueChange(event.target.value)}
        />
      ) : (
        // new-password: browsers must not fill in what belongs to this site, nor offer to keep it
        <Input
          {...props}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          className="pr-10"
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
      <IconButton
        label={`${shown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
        size="sm"
        onClick={() => setShown(!shown)}
        className="absolute top-0.5 right-0.5"
      >
        {shown ? <EyeOff /> : <Eye />}
      </IconButton>
    </div>
  );
}
