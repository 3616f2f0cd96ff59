'use client';

import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useState } from 'react';
import { Markdown } from '#components/ui/markdown.tsx';
import { cn } from '#lib/cn.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { setParameter } from '../store/draft.ts';
import { nodeById } from '../store/editor-store.ts';

const PAPERS: Readonly<Record<string, string>> = {
  amber: 'bg-[color-mix(in_oklch,var(--hue-amber)_13%,var(--surface))] border-hue-amber/35',
  orange: 'bg-[color-mix(in_oklch,var(--hue-orange)_13%,var(--surface))] border-hue-orange/35',
  rose: 'bg-[color-mix(in_oklch,var(--hue-rose)_13%,var(--surface))] border-hue-rose/35',
  emerald: 'bg-[color-mix(in_oklch,var(--hue-emerald)_13%,var(--surface))] border-hue-emerald/35',
  blue: 'bg-[color-mix(in_oklch,var(--hue-blue)_13%,var(--surface))] border-hue-blue/35',
  violet: 'bg-[color-mix(in_oklch,var(--hue-violet)_13%,var(--surface))] border-hue-violet/35',
  slate: 'bg-[color-mix(in_oklch,var(--hue-slate)_13%,var(--surface))] border-hue-slate/35',
};

export const noteSize = (parameters: Record<string, unknown>) => ({
  width: typeof parameters.width === 'number' ? parameters.width : 240,
  height: typeof parameters.height === 'number' ? parameters.height : 160,
});

/** Text on the canvas: double click edits it in place. */
export const NoteCard = memo(function NoteCard({ id, selected }: Pick<NodeProps, 'id' | 'selected'>) {
  const node = useEditor((s) => nodeById(s.draft, id));
  const readOnly = useEditor((s) => s.readOnly);
  const store = useEditorStore();
  const [editing, setEditing] = useState(false);
  if (!node) return null;
  const content = typeof node.parameters.content === 'string' ? node.parameters.content : '';
  const paper = PAPERS[String(node.parameters.color ?? 'amber')] ?? PAPERS.amber;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard edits a note in the panel that Enter opens
    <div
      data-testid={`node-${node.name}`}
      className={cn(
        'h-full w-full overflow-hidden rounded-lg border p-3',
        paper,
        selected && 'ring-2 ring-ring/60',
      )}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!readOnly) setEditing(true);
      }}
    >
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={120}
        minHeight={60}
        lineClassName="!border-ring/60"
        handleClassName="!size-2 !rounded-sm !border-ring !bg-background"
        onResizeEnd={(_, size) =>
          store.getState().change((d) =>
            [
              ['width', Math.round(size.width)],
              ['height', Math.round(size.height)],
            ].reduce((w, [name, value]) => setParameter(w, id, String(name), value), {
              ...d,
              nodes: d.nodes.map((n) => (n.id === id ? { ...n, position: { x: size.x, y: size.y } } : n)),
            }),
          )
        }
      />
      {editing ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the user just asked to type here
          autoFocus
          defaultValue={content}
          aria-label="Note text"
          className="nodrag nowheel h-full w-full resize-none bg-transparent text-[13px] leading-5 outline-none"
          onBlur={(event) => {
            setEditing(false);
            const text = event.target.value;
            store.getState().change((d) => setParameter(d, id, 'content', text));
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      ) : content ? (
        <Markdown text={content} />
      ) : (
        <p className="text-[13px] text-foreground-muted">Double-click to write a note</p>
      )}
    </div>
  );
});
