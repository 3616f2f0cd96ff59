'use client';

import { Braces } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Issue } from '#engine/node.ts';
import { cn } from '#lib/cn.ts';
import { useForm } from './form-context.tsx';

interface FieldRowProps {
  id: string;
  path: string;
  label: string;
  required?: boolean;
  help?: string;
  /** Shown to the right of the label: the Fixed/Expression switch, a remove button. */
  aside?: ReactNode;
  /** Issues of nested paths belong to nested rows. */
  nested?: boolean;
  /** The label stands beside the control (a switch), not above it. */
  inline?: boolean;
  children: ReactNode;
}

/** Label, control, help and what is wrong with it. */
export function FieldRow({
  id,
  path,
  label,
  required,
  help,
  aside,
  nested,
  inline,
  children,
}: FieldRowProps) {
  const form = useForm();
  const row = useRef<HTMLDivElement>(null);
  const issues = form.issues.filter((i) => (nested ? i.field === path : isAt(i, path)));
  const focused =
    form.focusField !== null && (form.focusField === path || (!nested && isInside(form.focusField, path)));
  useEffect(() => {
    if (!focused || !row.current) return;
    row.current.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row.current
      .querySelector<HTMLElement>('input, textarea, [contenteditable="true"], button[role="combobox"]')
      ?.focus({
        preventScroll: true,
      });
  }, [focused]);
  return (
    <div
      ref={row}
      data-field={path}
      className={cn('group/field -mx-1.5 rounded-lg px-1.5 py-0.5', focused && 'bg-warning-soft')}
    >
      <div className={cn('flex min-h-6 items-center gap-2', inline ? '' : 'mb-1')}>
        <label htmlFor={id} className="min-w-0 flex-1 truncate font-medium text-foreground text-ui">
          {label}
          {required ? (
            <span className="ml-0.5 text-danger" title="Required">
              *
            </span>
          ) : null}
        </label>
        {aside}
        {inline ? children : null}
      </div>
      {inline ? null : children}
      {help ? <p className="mt-1 text-foreground-muted text-xs leading-4">{help}</p> : null}
      {issues.map((issue) => (
        <p
          key={issue.code + issue.message}
          data-testid="field-issue"
          className={cn('mt-1 text-xs', issue.severity === 'error' ? 'text-danger' : 'text-warning')}
        >
          {issue.message.replace(/^“[^”]*”:\s*/, '')}
        </p>
      ))}
    </div>
  );
}

const isInside = (path: string, outer: string) => path.startsWith(`${outer}.`);
const isAt = (issue: Issue, path: string) =>
  issue.field === path || (issue.field !== undefined && isInside(issue.field, path));

/** Fixed value or expression. */
export function ExpressionToggle({
  on,
  label,
  onChange,
}: {
  on: boolean;
  label: string;
  onChange: (on: boolean) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={on ? `${label}: use a fixed value` : `${label}: use an expression`}
      title={on ? 'Use a fixed value' : 'Use an expression'}
      data-testid="expression-toggle"
      onClick={() => onChange(!on)}
      className={cn(
        'inline-flex h-5.5 shrink-0 items-center gap-1 rounded px-1.5 font-medium text-[11px] transition-colors',
        on
          ? 'bg-[color-mix(in_oklch,var(--hue-violet)_14%,transparent)] text-hue-violet'
          : 'text-foreground-subtle opacity-60 hover:bg-muted hover:text-foreground hover:opacity-100 focus-visible:opacity-100 group-hover/field:opacity-100',
      )}
    >
      <Braces className="size-3" />
      {on ? 'Expression' : null}
    </button>
  );
}
