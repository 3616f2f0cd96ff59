'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { cn } from '#lib/cn.ts';
import type { ColumnType } from '#server/tables/schema.ts';
import type { Leave } from './use-cell-editing.ts';
import { YesNoEditor } from './yes-no-editor.tsx';

export interface CellEditorProps {
  type: ColumnType;
  /** “email of row 12” */
  label: string;
  draft: string;
  /** Gives what is wrong with it. */
  onFinish: (draft: string, leave: Leave) => string | undefined;
  onCancel: () => void;
}

const looks =
  'scroll-mt-9 scroll-ml-26 absolute top-0 left-0 z-30 min-h-full w-[max(100%,9rem)] rounded-xs bg-surface-raised px-2.5 text-base outline-2 -outline-offset-1 outline-ring sm:text-xs';

/** Stands over its cell. Enter saves, Tab saves and goes on, Escape gives up. */
export function CellEditor(props: CellEditorProps) {
  return props.type === 'boolean' ? <YesNoEditor {...props} /> : <DraftEditor {...props} />;
}

function DraftEditor({ type, label, draft, onFinish, onCancel }: CellEditorProps) {
  const [problem, setProblem] = useState<string>();
  const over = useRef(false);
  const finish = (input: HTMLInputElement | HTMLTextAreaElement, leave: Leave) => {
    if (over.current) return;
    // a date that is half filled in has no value: it must not pass for an empty one
    const found =
      input.validity.badInput && leave !== 'left'
        ? 'Complete the date and the time.'
        : onFinish(input.value, leave);
    setProblem(found);
    if (found) input.focus();
    else over.current = true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    event.stopPropagation(); // the arrows are the text's now
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      over.current = true;
      onCancel();
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      finish(event.currentTarget, event.key === 'Enter' ? 'enter' : event.shiftKey ? 'previous' : 'next');
    }
  };
  const common = {
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    defaultValue: draft,
    ref: focusAtEnd,
    onKeyDown,
    onChange: () => setProblem(undefined),
    onBlur: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      event.currentTarget.validity.badInput ? onCancel() : finish(event.currentTarget, 'left'),
  };
  return (
    <>
      {type === 'string' ? (
        <textarea
          {...common}
          rows={1}
          className={cn(looks, 'field-sizing-content max-h-48 w-[max(100%,16rem)] resize-none py-2')}
        />
      ) : (
        <input
          {...common}
          type={type === 'date' ? 'datetime-local' : 'text'}
          step={type === 'date' ? 1 : undefined}
          inputMode={type === 'number' ? 'decimal' : undefined}
          autoComplete="off"
          className={cn(looks, type === 'date' ? 'w-[max(100%,14rem)]' : 'text-right tabular-nums')}
        />
      )}
      {problem ? (
        <p
          role="alert"
          className="absolute top-full left-0 z-30 mt-1 w-max max-w-64 rounded-md bg-danger px-2 py-1 text-xs whitespace-normal text-danger-foreground shadow-raised"
        >
          {problem}
        </p>
      ) : null}
    </>
  );
}

function focusAtEnd(input: HTMLInputElement | HTMLTextAreaElement | null): void {
  if (!input) return;
  input.focus();
  if (input.type !== 'datetime-local') input.setSelectionRange(input.value.length, input.value.length);
}
