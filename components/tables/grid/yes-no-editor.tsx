'use client';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '#lib/cn.ts';
import type { CellEditorProps } from './cell-editor.tsx';
import type { Leave } from './use-cell-editing.ts';

const CHOICES = [
  { value: 'true', label: 'Yes', key: 'y' },
  { value: 'false', label: 'No', key: 'n' },
  { value: '', label: 'Empty', key: 'Backspace' },
] as const;

/** A click decides; by keyboard the arrows or y, n and Backspace choose, and Enter or Tab decide. */
export function YesNoEditor({ label, draft, onFinish, onCancel }: CellEditorProps) {
  const name = useId();
  const [chosen, setChosen] = useState(draft);
  const over = useRef(false);
  const finish = (value: string, leave: Leave) => {
    if (over.current) return;
    over.current = true;
    onFinish(value, leave);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const choice = CHOICES.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    if (event.key === 'Escape') {
      over.current = true;
      onCancel();
    } else if (event.key === 'Tab' || event.key === 'Enter') {
      event.preventDefault();
      finish(chosen, event.key === 'Enter' ? 'enter' : event.shiftKey ? 'previous' : 'next');
    } else if (choice) {
      setChosen(choice.value);
    }
  };
  return (
    <fieldset
      aria-label={label}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) finish(chosen, 'left');
      }}
      className="absolute top-0 left-0 z-30 flex h-full items-center gap-0.5 rounded-xs bg-surface-raised p-0.5 outline-2 -outline-offset-1 outline-ring"
    >
      {CHOICES.map(({ value, label: text }) => (
        <label
          key={value}
          // before the focus moves, which would decide for what was chosen until now
          onPointerDown={(event) => {
            event.preventDefault();
            finish(value, 'enter');
          }}
          className={cn(
            'flex h-full cursor-pointer items-center rounded px-2 text-xs font-medium',
            chosen === value ? 'bg-accent text-accent-foreground' : 'text-foreground-muted hover:bg-muted',
          )}
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => setChosen(value)}
            ref={(input) => {
              if (chosen === value && input && !input.closest('fieldset')?.contains(document.activeElement))
                input.focus();
            }}
            className="sr-only scroll-mt-9 scroll-ml-26"
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
