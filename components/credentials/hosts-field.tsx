'use client';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { Label } from '#components/ui/label.tsx';
import { readHosts } from './host-text.ts';

interface HostsFieldProps {
  hosts: readonly string[];
  onChange: (hosts: readonly string[]) => void;
  readOnly: boolean;
  error?: string;
}

/** Where a credential may be sent: one chip per host, and a field for the next one. */
export function HostsField({ hosts, onChange, readOnly, error }: HostsFieldProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (typed: string) => {
    const read = readHosts(typed);
    setText(read.wrong.join(' '));
    setWrong(read.wrong[0] ?? null);
    if (read.hosts.length > 0) onChange([...new Set([...hosts, ...read.hosts])]);
  };
  const remove = (host: string) => onChange(hosts.filter((other) => other !== host));
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>Allowed hosts</Label>
      {hosts.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5" aria-label="Allowed hosts">
          {hosts.map((host) => (
            <li
              key={host}
              className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-full bg-muted pr-1 pl-2.5 font-mono text-xs"
            >
              <span className="truncate py-0.5">{host}</span>
              {readOnly ? (
                <span className="w-1.5" />
              ) : (
                <button
                  type="button"
                  aria-label={`Remove ${host}`}
                  onClick={() => remove(host)}
                  className="inline-flex size-5 items-center justify-center rounded-full text-foreground-subtle hover:bg-foreground/10 hover:text-foreground"
                >
                  <X className="size-3" />
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? null : (
        <Input
          id={id}
          value={text}
          placeholder="api.example.com or *.example.com"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={(wrong ?? error) ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={(event) => {
            setWrong(null);
            // a comma or a space ends a host
            if (/[\s,;]$/.test(event.target.value)) take(event.target.value);
            else setText(event.target.value);
          }}
          onBlur={() => take(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && text.trim() !== '') {
              event.preventDefault(); // it ends the host, not the form
              take(text);
            }
            if (event.key === 'Backspace' && text === '') onChange(hosts.slice(0, -1));
          }}
        />
      )}
      <p id={`${id}-help`} className="text-foreground-muted text-xs">
        {hosts.length === 0
          ? 'It may be sent anywhere now. Name the hosts that it is for, and nobody can send it elsewhere by mistake.'
          : 'It is sent to these hosts and to no other.'}
      </p>
      <FieldError
        message={
          wrong ? `“${wrong}” is no host. A host is a name such as api.example.com or *.example.com.` : error
        }
      />
    </div>
  );
}
