'use client';

import { Handle, Position } from '@xyflow/react';
import { Plus } from 'lucide-react';
import type { Port } from '#engine/node.ts';
import { cn } from '#lib/cn.ts';
import { useEditorStore } from '../editor-context.tsx';
import { PORT_PITCH } from '../store/geometry.ts';

/** Where a port sits on its side, in px from the card's middle. */
const offset = (index: number, count: number) => (index - (count - 1) / 2) * PORT_PITCH;

/** The line to the “+”: as long as the label above it, in px. */
const stub = (label = '', count = '') =>
  label ? Math.min(104, 14 + (label.length + count.length) * 6.2) : 24;

export function InputPorts({ ports }: { ports: readonly Port[] }) {
  return ports.map((port, i) => (
    <Handle
      key={port.name}
      id={port.name}
      type="target"
      position={Position.Left}
      className="lf-handle"
      style={{ top: `calc(50% + ${offset(i, ports.length)}px)` }}
      aria-label={`Input ${port.label ?? port.name}`}
    >
      {port.label && ports.length > 1 ? (
        <span className="lf-port-label right-full mr-1.5">{port.label}</span>
      ) : null}
    </Handle>
  ));
}

interface OutputPortsProps {
  nodeId: string;
  ports: readonly Port[];
  /** Names of the ports that lead somewhere, one per line. */
  connected: string;
  /** `port=items`, one per line, for the shown execution. */
  counts: string;
  readOnly: boolean;
}

export function OutputPorts({ nodeId, ports, connected, counts, readOnly }: OutputPortsProps) {
  const store = useEditorStore();
  const used = new Set(connected.split('\n'));
  const items = new Map(counts.split('\n').map((line) => line.split('=') as [string, string]));
  return ports.map((port, i) => {
    const top = `calc(50% + ${offset(i, ports.length)}px)`;
    return (
      <div key={port.name}>
        <Handle
          id={port.name}
          type="source"
          position={Position.Right}
          className={cn('lf-handle', port.name === 'error' && 'lf-handle-error')}
          style={{ top }}
          aria-label={`Output ${port.label ?? port.name}`}
        />
        {port.label ? (
          <span
            className="lf-port-label left-full ml-2.5 -translate-y-[calc(50%+9px)]"
            style={{ top }}
            aria-hidden
          >
            {port.label}
            {items.has(port.name) ? <b className="ml-1 tabular-nums">{items.get(port.name)}</b> : null}
          </span>
        ) : null}
        {readOnly || used.has(port.name) ? null : (
          <div
            className="nodrag nopan pointer-events-none absolute left-full flex -translate-y-1/2 items-center pl-1.5"
            style={{ top }}
          >
            <span
              className="h-px bg-border-strong"
              style={{ width: stub(port.label, items.get(port.name)) }}
            />
            <button
              type="button"
              aria-label={`Add a node after ${port.label ?? 'this'}`}
              data-testid="add-after"
              className="lf-plus pointer-events-auto"
              onClick={(event) => {
                event.stopPropagation();
                store.getState().openPalette({ from: { node: nodeId, port: port.name } });
              }}
            >
              <Plus className="size-3.5" />
            </button>
          </div>
        )}
      </div>
    );
  });
}
