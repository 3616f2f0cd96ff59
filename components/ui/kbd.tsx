'use client';
import { useSyncExternalStore } from 'react';
import { cn } from '#lib/cn.ts';

const MAC: Record<string, string> = { mod: '⌘', alt: '⌥', shift: '⇧', ctrl: '⌃' };
const OTHER: Record<string, string> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift', ctrl: 'Ctrl' };
const SIGNS: Record<string, string> = {
  enter: '↵',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  esc: 'Esc',
  del: 'Del',
};

const noChange = () => () => undefined;
const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

/** A keyboard shortcut: `keys="mod+k"` reads ⌘ K on a Mac and Ctrl K elsewhere. */
export function Kbd({ keys, inverted, className }: { keys: string; inverted?: boolean; className?: string }) {
  const mac = useSyncExternalStore(noChange, isMac, () => false);
  const names = mac ? MAC : OTHER;
  return (
    <kbd className={cn('inline-flex shrink-0 items-center gap-0.5 font-sans', className)}>
      {keys.split('+').map((key) => (
        <span
          key={key}
          className={cn(
            'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border px-1 text-[11px] leading-none font-medium',
            inverted
              ? 'border-background/25 text-background/80'
              : 'border-border bg-muted text-foreground-muted',
          )}
        >
          {names[key] ?? SIGNS[key] ?? key.toUpperCase()}
        </span>
      ))}
    </kbd>
  );
}
