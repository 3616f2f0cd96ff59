'use client';

import { memo } from 'react';
import { cn } from '#lib/cn.ts';
import type { NodeDefinition } from '#nodes/define.ts';
import { NODE_MIME } from '../canvas/drop.ts';
import { NodeIcon } from '../node-icon.tsx';

interface PaletteItemProps {
  definition: NodeDefinition;
  /** Chosen by the arrow keys: Enter adds it. */
  active: boolean;
  onAdd: (definition: NodeDefinition) => void;
}

export const PaletteItem = memo(function PaletteItem({ definition, active, onAdd }: PaletteItemProps) {
  return (
    <button
      type="button"
      draggable
      data-testid={`palette-${definition.type}`}
      data-type={definition.type}
      title={definition.description}
      onClick={() => onAdd(definition)}
      onDragStart={(event) => {
        event.dataTransfer.setData(NODE_MIME, definition.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      className={cn(
        'flex w-full cursor-grab items-center gap-2.5 rounded-lg px-1.5 py-1.5 text-left hover:bg-muted active:cursor-grabbing',
        active && 'bg-muted ring-1 ring-ring/50',
      )}
    >
      <NodeIcon definition={definition} />
      <span className="min-w-0">
        <span className="block truncate font-medium text-ui leading-4.5">{definition.name}</span>
        <span className="block truncate text-[11.5px] text-foreground-muted leading-4">
          {definition.description}
        </span>
      </span>
    </button>
  );
});
