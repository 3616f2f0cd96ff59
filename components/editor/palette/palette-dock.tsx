'use client';

import { PanelLeftClose, PanelLeftOpen, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Sheet, SheetContent } from '#components/ui/sheet.tsx';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { useIsDesktop } from '../use-media.ts';
import { Palette } from './palette.tsx';

/** Where the palette lives: a column on the left, a sheet with a round button on small screens. */
export function PaletteDock() {
  const store = useEditorStore();
  const desktop = useIsDesktop();
  const request = useEditor((s) => s.palette);
  const [shown, setShown] = useState(true);
  useEffect(() => {
    if (request) setShown(true);
  }, [request]);
  if (!desktop) {
    const { openPalette } = store.getState();
    return (
      <Sheet open={request !== null} onOpenChange={(open) => openPalette(open ? {} : null)}>
        <SheetContent side="bottom" title="Add a node" className="h-[80dvh]">
          <Palette />
        </SheetContent>
      </Sheet>
    );
  }
  if (!shown) {
    return (
      <div className="absolute top-3 left-3 z-20">
        <IconButton
          label="Show the palette"
          shortcut="N"
          variant="secondary"
          side="right"
          onClick={() => setShown(true)}
        >
          <PanelLeftOpen />
        </IconButton>
      </div>
    );
  }
  return (
    <aside aria-label="Palette" className="relative w-64 shrink-0 border-border border-r bg-surface">
      <Palette />
      <div className="absolute top-1/2 -right-3 z-10 -translate-y-1/2 opacity-0 transition-opacity focus-within:opacity-100 hover:opacity-100 [aside:hover>&]:opacity-100">
        <IconButton
          label="Hide the palette"
          variant="secondary"
          size="xs"
          side="right"
          onClick={() => setShown(false)}
        >
          <PanelLeftClose className="size-3.5" />
        </IconButton>
      </div>
    </aside>
  );
}

/** The round button of small screens; it lives on the canvas, so that nothing below is covered. */
export function PaletteButton() {
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  if (readOnly) return null;
  return (
    <Button
      variant="primary"
      aria-label="Add a node"
      data-testid="open-palette"
      className="absolute right-4 bottom-4 z-20 size-12 rounded-full p-0 shadow-raised lg:hidden"
      onClick={() => store.getState().openPalette({})}
    >
      <Plus className="size-5!" />
    </Button>
  );
}
