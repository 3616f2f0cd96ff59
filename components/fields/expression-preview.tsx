'use client';

import { useDeferredValue, useMemo } from 'react';
import { cn } from '#lib/cn.ts';
import { hasTemplate } from '#nodes/fields.ts';
import { useForm } from './form-context.tsx';

/** The value of a template for the current input item, just below the field. */
export function ExpressionPreview({ template, className }: { template: string; className?: string }) {
  const { world } = useForm();
  const text = useDeferredValue(template);
  const preview = useMemo(() => (hasTemplate(text) ? world.evaluate(text) : null), [text, world]);
  if (!preview) return null;
  const failed = 'error' in preview;
  return (
    <div
      data-testid="expression-preview"
      className={cn(
        'mt-1 flex max-h-24 items-baseline gap-1.5 overflow-y-auto rounded-md px-2 py-1 text-xs',
        failed ? 'bg-danger-soft text-danger' : 'bg-success-soft text-foreground',
        className,
      )}
    >
      <span aria-hidden className={failed ? 'text-danger' : 'text-success'}>
        {failed ? '!' : '='}
      </span>
      <span className="min-w-0 flex-1 whitespace-pre-wrap break-words font-mono text-[11.5px]">
        {failed ? preview.error : <Shown value={preview.value} />}
      </span>
    </div>
  );
}

const MAX_SHOWN = 2000;

function Shown({ value }: { value: unknown }) {
  if (value === undefined) return <i className="text-foreground-subtle">undefined</i>;
  if (value === '') return <i className="text-foreground-subtle">empty text</i>;
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? String(value));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
