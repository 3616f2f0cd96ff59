'use client';

import { useEffect, useRef, useState } from 'react';
import { cn } from '#lib/cn.ts';

interface InlineNameProps {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  readOnly?: boolean;
  className?: string;
}

/** Text that is edited where it stands: Enter or leaving takes it, Escape gives it up. */
export function InlineName({ label, value, onCommit, readOnly = false, className }: InlineNameProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another node or workflow: what was being typed is not for it
  useEffect(() => setTyping(null), [value]);
  const commit = () => {
    if (typing?.trim() && typing.trim() !== value) onCommit(typing.trim());
    setTyping(null);
  };
  return (
    <span className={cn('grid max-w-full [&>*]:[grid-area:1/1]', className)}>
      <span aria-hidden className="invisible min-w-8 whitespace-pre px-1">
        {typing ?? value}
      </span>
      <input
        ref={input}
        size={1}
        aria-label={label}
        readOnly={readOnly}
        value={typing ?? value}
        maxLength={200}
        className="w-full min-w-0 truncate rounded bg-transparent px-1 outline-none hover:bg-muted focus:bg-muted focus:ring-2 focus:ring-ring/40 read-only:hover:bg-transparent"
        onChange={(event) => setTyping(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') input.current?.blur();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setTyping(null);
            requestAnimationFrame(() => input.current?.blur());
          }
        }}
      />
    </span>
  );
}
