'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Sheet, SheetContent } from '#components/ui/sheet.tsx';
import { cn } from '#lib/cn.ts';
import { ConfigPanel, type ConfigTab } from './config/config-panel.tsx';
import { WideConfig } from './config/wide-config.tsx';
import { useEditor, useEditorStore } from './editor-context.tsx';
import { nodeById } from './store/editor-store.ts';
import { useIsDesktop } from './use-media.ts';

const KEY = 'linkflow:wide-config';

/** The open node: a panel on the right, the whole page when asked for, a sheet on small screens. */
export function NodePanel({ firstTab }: { firstTab?: ConfigTab }) {
  const store = useEditorStore();
  const node = useEditor((s) => (s.openNodeId ? nodeById(s.draft, s.openNodeId) : undefined));
  const desktop = useIsDesktop();
  const [wide, setWide] = useState(false);
  useEffect(() => setWide(localStorage.getItem(KEY) === 'yes'), []);
  if (!node) return null;
  const changeWide = (next: boolean) => {
    localStorage.setItem(KEY, next ? 'yes' : 'no');
    setWide(next);
  };
  if (!desktop) {
    return (
      <Sheet open onOpenChange={(open) => open || store.getState().openNode(null)}>
        <SheetContent side="bottom" title={node.name} hideTitle className="h-[92dvh]">
          <ConfigPanel node={node} firstTab={firstTab} />
        </SheetContent>
      </Sheet>
    );
  }
  if (wide) return <WideConfig node={node} onWide={changeWide} />;
  return (
    <SidePanel>
      <ConfigPanel node={node} onWide={changeWide} firstTab={firstTab} />
    </SidePanel>
  );
}

const DOUBLE_CLICK_MS = 350;

/** The first click on a node at the right opens the panel under the pointer: the second one is not meant for a field. */
function SidePanel({ children }: { children: ReactNode }) {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), DOUBLE_CLICK_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <aside
      className={cn(
        'w-[400px] shrink-0 border-border border-l bg-surface xl:w-[440px]',
        settled || 'pointer-events-none',
      )}
    >
      {children}
    </aside>
  );
}
