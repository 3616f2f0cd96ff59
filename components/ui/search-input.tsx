'use client';
import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '#lib/cn.ts';
import { Input } from './input.tsx';
import { Kbd } from './kbd.tsx';

interface SearchInputProps {
  /** Accessible name and placeholder: "Search workflows". */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
}

/** The key “/” jumps here, as long as nothing else is being typed into. */
export function SearchInput({ label, value, onValueChange, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.closest('input,textarea,[contenteditable],[role=dialog]');
      if (event.key !== '/' || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={cn('relative', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-foreground-subtle"
      />
      <Input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={`${label}…`}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onValueChange('')}
        className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {value ? null : (
        <Kbd
          keys="/"
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 max-md:hidden"
        />
      )}
    </div>
  );
}
