'use client';
import { Checkbox } from '#components/ui/checkbox.tsx';
import type { ApiScope } from '#server/api-keys/schema.ts';
import type { groupsFor } from './scopes.ts';

interface ScopeChoiceProps {
  groups: ReturnType<typeof groupsFor>;
  value: readonly ApiScope[];
  onChange: (scopes: ApiScope[]) => void;
}

/** Check boxes of what a key may do, under headings that check or clear their whole group. */
export function ScopeChoice({ groups, value, onChange }: ScopeChoiceProps) {
  const all = groups.flatMap(({ scopes }) => scopes.map(({ scope }) => scope));
  const set = (some: readonly ApiScope[], on: boolean) =>
    onChange(all.filter((scope) => (some.includes(scope) ? on : value.includes(scope))));
  return (
    <div className="flex flex-col gap-4">
      {groups.map(({ title, scopes }) => {
        const names = scopes.map(({ scope }) => scope);
        const checked = names.filter((scope) => value.includes(scope)).length;
        return (
          <fieldset key={title} className="flex min-w-0 flex-col gap-2">
            <legend className="sr-only">{title}</legend>
            <label
              htmlFor={`all-${title}`}
              className="flex w-fit cursor-pointer items-center gap-2.5 px-3 text-foreground-muted text-xs"
            >
              <Checkbox
                id={`all-${title}`}
                checked={checked === names.length ? true : checked > 0 ? 'indeterminate' : false}
                onCheckedChange={(on) => set(names, on === true)}
                aria-label={`${title}: all`}
              />
              <span className="font-medium">{title}</span>
            </label>
            <div className="grid gap-2 sm:grid-cols-2">
              {scopes.map(({ scope, label, help }) => (
                <label
                  key={scope}
                  htmlFor={scope}
                  className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-border p-3 transition-colors hover:border-border-strong has-data-[state=checked]:border-accent/50 has-data-[state=checked]:bg-accent-soft/50"
                >
                  <Checkbox
                    id={scope}
                    checked={value.includes(scope)}
                    onCheckedChange={(on) => set([scope], on === true)}
                    className="mt-0.5"
                  />
                  <span className="flex flex-col">
                    <span className="text-ui font-medium">{label}</span>
                    <span className="text-xs text-foreground-muted">{help}</span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}
