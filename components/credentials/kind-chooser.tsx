'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import { findKinds } from './find-kinds.ts';
import { KindIcon } from './kind-icon.tsx';

interface KindChooserProps {
  kinds: readonly CredentialType[];
  onChoose: (kind: CredentialType) => void;
}

/** Every kind that fits, to be searched. Arrow keys walk over the grid, Enter in the search takes the first. */
export function KindChooser({ kinds, onChoose }: KindChooserProps) {
  const [text, setText] = useState('');
  const grid = useRef<HTMLUListElement>(null);
  const found = findKinds(kinds, text);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = nextOf(event.key, at, buttons);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) event.currentTarget.querySelector('input')?.focus();
    else buttons[to]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a shortcut; Tab reaches every button too
    <div className="flex min-h-0 flex-col gap-3" onKeyDown={walk}>
      <Input
        type="search"
        className="shrink-0"
        aria-label="Search kinds of credentials"
        placeholder="Search: API key, OAuth, e-mail …"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !found[0]) return;
          event.preventDefault();
          onChoose(found[0]);
        }}
      />
      <ul
        ref={grid}
        aria-label="Kinds of credentials"
        className="-mx-1 grid min-h-0 gap-2 overflow-y-auto p-1 sm:grid-cols-2"
      >
        {found.map((kind) => (
          <li key={kind.type}>
            <button
              type="button"
              onClick={() => onChoose(kind)}
              className="flex h-full w-full items-start gap-2.5 rounded-lg border border-border p-3 text-left transition-colors hover:border-border-strong hover:bg-muted/60"
            >
              <KindIcon kind={kind} />
              <span className="flex min-w-0 flex-col">
                <span className="font-medium text-ui">{kind.name}</span>
                <span className="text-foreground-muted text-xs">{kind.description}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="px-1 pb-4 text-foreground-muted text-ui">
          No kind matches “{text}”. A “Header” or “Several headers and parameters” fits most web APIs.
        </p>
      ) : null}
    </div>
  );
}

/** Index of the button that an arrow key leads to; -1: back to the search; undefined: the key means nothing here. */
function nextOf(key: string, at: number, buttons: readonly HTMLElement[]): number | undefined {
  const top = (index: number) => buttons[index]?.offsetTop;
  const columns = buttons.findIndex((_, index) => top(index) !== top(0));
  const step = columns === -1 ? buttons.length : columns;
  if (at === -1) return key === 'ArrowDown' ? 0 : undefined;
  if (key === 'ArrowDown') return Math.min(at + step, buttons.length - 1);
  if (key === 'ArrowUp') return at - step < 0 ? -1 : at - step;
  if (key === 'ArrowRight') return Math.min(at + 1, buttons.length - 1);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  return undefined;
}
