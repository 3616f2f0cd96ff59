'use client';
import { CopyButton } from './copy-button.tsx';

/** A value to take away: one line, selected whole by a click, with a copy button. */
export function SecretText({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex items-center gap-2">
      <input
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        className="h-9 min-w-0 flex-1 truncate rounded-md border border-border bg-muted px-2.5 font-mono text-xs outline-none focus-visible:border-ring focus-visible:ring-3 focus-visible:ring-ring/25"
      />
      <CopyButton text={text}>Copy</CopyButton>
    </div>
  );
}
