'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { CornerDownRight, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import type { NodeDefinition } from '#nodes/define.ts';
import { useEditor, useEditorContext } from '../editor-context.tsx';
import { edgeKey } from '../store/draft.ts';
import { nodeById } from '../store/editor-store.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../store/geometry.ts';
import { insertNode, requestFor } from './insert-node.ts';
import { PaletteItem } from './palette-item.tsx';
import { paletteGroups } from './search.ts';

/** Everything that can be added. A click adds it where it makes sense now; dragging puts it anywhere. */
export function Palette({ onAdded }: { onAdded?: () => void }) {
  const { store } = useEditorContext();
  const request = useEditor((s) => s.palette);
  const isEmpty = useEditor((s) => s.draft.nodes.length === 0);
  const flow = useReactFlow();
  const api = useStoreApi();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isLinked = request?.edge !== undefined || request?.from !== undefined;
  const groups = useMemo(() => paletteGroups(query, { triggers: !isLinked }), [query, isLinked]);
  const flat = useMemo(() => groups.flatMap((g) => g.items), [groups]);

  useEffect(() => {
    if (!request) return;
    setQuery('');
    setActive(0);
    input.current?.focus({ preventScroll: true });
  }, [request]);

  const add = (definition: NodeDefinition) => {
    const { width, height, domNode } = api.getState();
    const box = domNode?.getBoundingClientRect();
    const centre = flow.screenToFlowPosition({
      x: (box?.left ?? 0) + width / 2,
      y: (box?.top ?? 0) + height / 2,
    });
    const place = { x: centre.x - NODE_WIDTH / 2, y: centre.y - NODE_HEIGHT / 2 };
    insertNode(store, definition, requestFor(store, definition, place));
    store.getState().openPalette(null);
    setQuery('');
    // the next keys are for the canvas again
    input.current?.blur();
    onAdded?.();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = Math.max(0, Math.min(flat.length - 1, active + step));
      setActive(next);
      const id = flat[next]?.type;
      if (id)
        list.current?.querySelector(`[data-type="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = flat[active];
      if (chosen) add(chosen);
    } else if (event.key === 'Escape') {
      store.getState().openPalette(null);
      input.current?.blur();
    }
  };

  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="palette">
      <div className="shrink-0 space-y-2 p-3 pb-2">
        <div className="relative">
          <Search className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-foreground-subtle" />
          <Input
            ref={input}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            placeholder="Search nodes"
            aria-label="Search nodes"
            data-testid="palette-search"
            className="pr-8 pl-8"
          />
          {query ? null : (
            <Kbd keys="N" className="absolute top-1/2 right-2 -translate-y-1/2 max-md:hidden" />
          )}
        </div>
        {isLinked ? <PlaceHint /> : null}
        {isEmpty && !query ? (
          <p className="px-0.5 text-foreground-muted text-xs">
            Start with a <b className="font-medium text-foreground">trigger</b>, then add what should happen.
          </p>
        ) : null}
      </div>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {groups.map((group) => (
          <section key={group.category} aria-label={group.category}>
            <h3 className="px-1.5 pt-3 pb-1 font-medium text-[11px] text-foreground-subtle">
              {group.category}
            </h3>
            {group.items.map((definition) => (
              <PaletteItem
                key={definition.type}
                definition={definition}
                active={query !== '' && flat[active] === definition}
                onAdd={add}
              />
            ))}
          </section>
        ))}
        {flat.length === 0 ? (
          <p className="px-2 py-8 text-center text-foreground-muted text-ui">
            Nothing is called “{query}”. An <b className="font-medium text-foreground">HTTP request</b>{' '}
            reaches any API.
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Says where the next node will go, while the palette was opened from an output or an edge. */
function PlaceHint() {
  const { store } = useEditorContext();
  const text = useEditor((s) => {
    const edge = s.draft.edges.find((e) => edgeKey(e) === s.palette?.edge);
    const from = nodeById(s.draft, edge?.from.node ?? s.palette?.from?.node ?? '')?.name ?? '';
    const to = edge ? nodeById(s.draft, edge.to.node)?.name : undefined;
    return to ? `Between “${from}” and “${to}”` : `After “${from}”`;
  });
  return (
    <div className="flex items-center gap-1.5 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2 font-medium text-accent-text text-xs">
      <CornerDownRight className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1 truncate">{text}</span>
      <IconButton label="Add freely instead" size="xs" onClick={() => store.getState().openPalette(null)}>
        <X className="size-3.5" />
      </IconButton>
    </div>
  );
}
