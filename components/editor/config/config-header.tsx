'use client';

import { Columns3, PanelRight, Power, Trash2, X } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { cn } from '#lib/cn.ts';
import { definitionOf } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { NodeIcon } from '../node-icon.tsx';
import { removeNodes, setDisabled } from '../store/draft.ts';
import { rename } from '../store/names.ts';
import { InlineName } from '../top-bar/inline-name.tsx';

interface ConfigHeaderProps {
  node: WorkflowNode;
  wide: boolean;
  /** Absent where there is no room for the other layout. */
  onWide?: (wide: boolean) => void;
}

export function ConfigHeader({ node, wide, onWide }: ConfigHeaderProps) {
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const definition = definitionOf(node);
  const { change, openNode } = store.getState();
  return (
    <header className="flex shrink-0 items-center gap-2.5 px-3 py-2.5">
      <NodeIcon definition={definition} />
      <div className="min-w-0 flex-1">
        <InlineName
          label="Node name"
          value={node.name}
          readOnly={readOnly}
          className={cn('font-semibold text-sm', node.disabled && 'line-through')}
          onCommit={(name) => change((d) => rename(d, node.id, name))}
        />
        <p className="truncate px-1 text-[11.5px] text-foreground-muted leading-4">
          {definition?.name ?? node.type}
          {definition ? '' : ' (unknown type)'}
        </p>
      </div>
      {readOnly ? null : (
        <>
          <IconButton
            label={node.disabled ? 'Enable' : 'Disable'}
            shortcut="D"
            size="sm"
            aria-pressed={node.disabled}
            onClick={() => change((d) => setDisabled(d, new Set([node.id]), !node.disabled))}
          >
            <Power />
          </IconButton>
          <IconButton
            label="Delete"
            size="sm"
            variant="danger"
            onClick={() => change((d) => removeNodes(d, new Set([node.id])))}
          >
            <Trash2 />
          </IconButton>
        </>
      )}
      {onWide ? (
        <IconButton
          label={wide ? 'Show as a side panel' : 'Show input and output beside it'}
          size="sm"
          onClick={() => onWide(!wide)}
        >
          {wide ? <PanelRight /> : <Columns3 />}
        </IconButton>
      ) : null}
      <IconButton label="Close" shortcut="esc" size="sm" onClick={() => openNode(null)}>
        <X />
      </IconButton>
    </header>
  );
}
