'use client';
import { Search } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { useCommandPalette } from './palette-store.ts';

export function SearchButton({ compact, onOpen }: { compact: boolean; onOpen?: () => void }) {
  const setOpen = useCommandPalette((state) => state.setOpen);
  const open = () => {
    onOpen?.();
    setOpen(true);
  };
  if (compact) {
    return (
      <IconButton label="Search and commands" shortcut="mod+k" side="right" onClick={open} className="w-full">
        <Search />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      onClick={open}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-border bg-surface px-2.5 text-ui text-foreground-subtle shadow-card transition-colors hover:border-border-strong hover:text-foreground-muted max-md:h-10"
    >
      <Search aria-hidden="true" className="size-4" />
      Search…
      <Kbd keys="mod+k" className="ml-auto max-md:hidden" />
    </button>
  );
}
