'use client';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { CommandActions, CommandPlaces } from './command-actions.tsx';
import { CommandWorkflows } from './command-workflows.tsx';
import { useCommandPalette } from './palette-store.ts';

/** Ctrl/⌘ K: pages, actions, workflows, workspaces, theme. */
export function CommandPalette() {
  const { open, setOpen } = useCommandPalette();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setOpen(!useCommandPalette.getState().open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [setOpen]);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-60 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-60 mx-auto max-w-xl overflow-hidden rounded-xl border border-border bg-surface-raised shadow-dialog outline-none data-[state=closed]:animate-dialog-out data-[state=open]:animate-dialog-in"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <PaletteBody onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Mounted only while open, so each opening starts empty. */
function PaletteBody({ onDone }: { onDone: () => void }) {
  const [search, setSearch] = useState('');
  return (
    <Command label="Search and commands" loop className="flex max-h-[70dvh] flex-col">
      <Command.Input
        autoFocus
        value={search}
        onValueChange={setSearch}
        placeholder="Search workflows, pages and actions…"
        className="h-12 w-full shrink-0 border-b border-border bg-transparent px-4 text-base outline-none placeholder:text-foreground-subtle sm:text-sm"
      />
      <Command.List className="min-h-0 scroll-py-1 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-ui text-foreground-muted">
          Nothing matches “{search}”.
        </Command.Empty>
        <CommandActions onDone={onDone} />
        <CommandWorkflows search={search} onDone={onDone} />
        <CommandPlaces onDone={onDone} />
      </Command.List>
    </Command>
  );
}
