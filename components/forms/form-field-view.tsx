'use client';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { FieldError } from '#components/ui/field-error.tsx';
import { controlLooks, Input } from '#components/ui/input.tsx';
import { Label } from '#components/ui/label.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { FormField } from '#engine/events.ts';
import { cn } from '#lib/cn.ts';

/** One field with its label, its help and what is wrong with it. Controls are the browser's own: they work everywhere. */
export function FormFieldView({
  field,
  issue,
  fromQuery,
}: {
  field: FormField;
  issue: string | undefined;
  /** Hidden fields take their value from the address. */
  fromQuery: boolean;
}) {
  const id = useId();
  if (field.kind === 'note')
    return <p className="whitespace-pre-wrap text-foreground-muted text-ui wrap-anywhere">{field.value}</p>;
  if (field.kind === 'hidden') return <HiddenField field={field} fromQuery={fromQuery} />;
  const described = [field.help ? `${id}-help` : '', issue ? `${id}-issue` : ''].filter(Boolean).join(' ');
  const aria = {
    'aria-invalid': issue ? true : undefined,
    'aria-describedby': described || undefined,
    'aria-required': field.required || undefined,
  };
  const isGroup = field.kind === 'radio' || field.kind === 'checkbox';
  return (
    <Frame field={field} id={id} isGroup={isGroup} describedBy={described}>
      {isGroup ? (
        <Choices field={field} id={id} invalid={Boolean(issue)} />
      ) : (
        <Control field={field} id={id} aria={aria} />
      )}
      {field.help ? (
        <p id={`${id}-help`} className="text-foreground-muted text-xs">
          {field.help}
        </p>
      ) : null}
      <FieldError id={`${id}-issue`} message={issue} />
    </Frame>
  );
}

function Frame({
  field,
  id,
  isGroup,
  describedBy,
  children,
}: {
  field: FormField;
  id: string;
  isGroup: boolean;
  describedBy: string;
  children: ReactNode;
}) {
  const label = (
    <>
      {field.label}
      {field.required ? <span className="text-danger"> *</span> : null}
    </>
  );
  if (!isGroup)
    return (
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={id}>{label}</Label>
        {children}
      </div>
    );
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={describedBy || undefined}>
      <legend className="mb-1.5 font-medium text-ui">{label}</legend>
      {children}
    </fieldset>
  );
}

type Aria = Record<`aria-${string}`, string | boolean | undefined>;

function Control({ field, id, aria }: { field: FormField; id: string; aria: Aria }) {
  const { kind, name, value, placeholder } = field;
  const common = { id, name, defaultValue: value, placeholder, ...aria };
  switch (kind) {
    case 'textarea':
      return <Textarea {...common} rows={4} />;
    case 'select':
    case 'multi-select':
      return (
        <select
          id={id}
          name={name}
          multiple={kind === 'multi-select'}
          defaultValue={kind === 'multi-select' ? value.split('\n') : value}
          className={cn(
            controlLooks,
            'px-2 text-base sm:text-ui',
            kind === 'select' ? 'h-9' : 'min-h-24 py-1',
          )}
          {...aria}
        >
          {kind === 'select' ? <option value="">{placeholder || 'Choose …'}</option> : null}
          {field.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      );
    case 'file':
      return (
        <input
          id={id}
          name={name}
          type="file"
          multiple={field.multiple}
          accept={field.accept || undefined}
          className={cn(
            controlLooks,
            'p-1.5 text-ui file:mr-3 file:rounded file:border-0 file:bg-muted file:px-3 file:py-1.5 file:font-medium file:text-foreground',
          )}
          {...aria}
        />
      );
    default:
      return (
        <Input
          {...common}
          type={kind}
          step={kind === 'number' ? 'any' : undefined}
          autoComplete={kind === 'email' ? 'email' : undefined}
          className="h-9"
        />
      );
  }
}

function Choices({ field, id, invalid }: { field: FormField; id: string; invalid: boolean }) {
  const chosen = field.value.split('\n');
  return (
    <div className="flex flex-col gap-2">
      {field.options.map((option, i) => (
        <label
          key={option}
          htmlFor={`${id}-${i}`}
          className={cn(
            'flex cursor-pointer items-center gap-2.5 rounded-lg border px-3 py-2 text-ui transition-colors hover:border-border-strong has-checked:border-accent/50 has-checked:bg-accent-soft/50',
            invalid ? 'border-danger' : 'border-border',
          )}
        >
          <input
            id={`${id}-${i}`}
            type={field.kind === 'radio' ? 'radio' : 'checkbox'}
            name={field.name}
            value={option}
            defaultChecked={chosen.includes(option)}
            className="size-4 accent-accent"
          />
          <span className="min-w-0 wrap-anywhere">{option}</span>
        </label>
      ))}
    </div>
  );
}

/** The address is read after the page is there, since the server does not know it while it renders. */
function HiddenField({ field, fromQuery }: { field: FormField; fromQuery: boolean }) {
  const [value, setValue] = useState(field.value);
  useEffect(() => {
    if (fromQuery) setValue(new URLSearchParams(location.search).get(field.name) ?? field.value);
  }, [field, fromQuery]);
  return <input type="hidden" name={field.name} value={value} readOnly />;
}
