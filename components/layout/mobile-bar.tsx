'use client';
import { Menu, Search } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Sheet, SheetContent } from '#components/ui/sheet.tsx';
import { Logo } from './logo.tsx';
import { useCommandPalette } from './palette-store.ts';
import { SidebarContent } from './sidebar.tsx';

/** Below `md`: the sidebar is a sheet behind a button. */
export function MobileBar() {
  const [open, setOpen] = useState(false);
  const openPalette = useCommandPalette((state) => state.setOpen);
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-border bg-surface px-2 md:hidden">
      <IconButton label="Menu" size="lg" tooltip={false} onClick={() => setOpen(true)}>
        <Menu className="size-5" />
      </IconButton>
      <Logo />
      <IconButton
        label="Search and commands"
        size="lg"
        tooltip={false}
        className="ml-auto"
        onClick={() => openPalette(true)}
      >
        <Search className="size-5" />
      </IconButton>
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetContent side="left" title="Menu" className="gap-0">
          <div className="flex min-h-0 flex-1 flex-col gap-2 px-3 pb-3">
            <SidebarContent compact={false} onNavigate={() => setOpen(false)} />
          </div>
        </SheetContent>
      </Sheet>
    </header>
  );
}
