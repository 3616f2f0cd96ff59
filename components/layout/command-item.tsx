'use client';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';

interface CommandItemProps {
  /** What the search compares; unique in the palette. */
  value: string;
  keywords?: string[];
  icon: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  onSelect: () => void;
}

export function CommandItem({ value, keywords, icon, children, hint, onSelect }: CommandItemProps) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-ui select-none data-[selected=true]:bg-foreground/7 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-foreground-subtle"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint ? <span className="shrink-0 text-xs text-foreground-subtle">{hint}</span> : null}
    </Command.Item>
  );
}

export function CommandGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-foreground-subtle"
    >
      {children}
    </Command.Group>
  );
}
