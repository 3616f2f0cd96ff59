'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { defaultOf, type OptionsField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { Form } from './form.tsx';
import { useForm } from './form-context.tsx';
import { withKey } from './rows.ts';

/** Optional fields, added one by one, so that the form stays short. */
export function OptionsFieldControl({ field, value, onChange, path }: ControlProps<OptionsField>) {
  const { readOnly } = useForm();
  const values = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const entries = Object.entries(field.fields);
  const present = Object.fromEntries(entries.filter(([name]) => name in values));
  const missing = entries.filter(([name]) => !(name in values));
  const update = (next: Record<string, unknown>) => onChange(Object.keys(next).length > 0 ? next : undefined);
  return (
    <div className="space-y-2">
      {Object.keys(present).length > 0 ? (
        <div className="rounded-lg border border-border bg-background/60 p-2.5">
          <Form
            fields={present}
            values={values}
            path={`${path}.`}
            // an option stays until it is removed, even while its field is empty
            onChange={(name, next) => onChange({ ...values, [name]: next ?? blank(field.fields[name]) })}
            aside={(name, option) =>
              readOnly ? null : (
                <IconButton
                  label={`Remove ${option.label}`}
                  variant="danger"
                  size="xs"
                  onClick={() => update(withKey(values, name, undefined))}
                >
                  <X className="size-3.5" />
                </IconButton>
              )
            }
          />
        </div>
      ) : null}
      {readOnly || missing.length === 0 ? null : (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="sm">
              <Plus className="size-3.5" />
              Add option
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start" className="max-w-80">
            {missing.map(([name, option]) => (
              <DropdownMenuItem
                key={name}
                onSelect={() =>
                  onChange({
                    ...values,
                    [name]: option.kind === 'boolean' ? !(option.default ?? false) : blank(option),
                  })
                }
              >
                <span className="py-1">
                  <span className="block">{option.label}</span>
                  {option.help ? (
                    <span className="block text-foreground-muted text-xs">{option.help}</span>
                  ) : null}
                </span>
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </div>
  );
}

const blank = (option: OptionsField['fields'][string] | undefined): unknown => defaultOf(option) ?? '';
