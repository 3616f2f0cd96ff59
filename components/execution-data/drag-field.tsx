'use client';

import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { EXPRESSION_MIME, jsonExpression, pathText } from '#components/fields/drag-data.ts';
import { cn } from '#lib/cn.ts';
import { copyText } from './json-tree.tsx';

interface DragFieldProps {
  path: readonly (string | number)[];
  /** Name of the node that gave the data when it is not the current input: `$('Name').item.json…`. Null: not draggable. */
  source: string | null;
  children: ReactNode;
  className?: string;
}

/** A field that can be dragged into a parameter; a click copies its expression for those who do not drag. */
export function DragField({ path, source, children, className }: DragFieldProps) {
  if (source === null) return <span className={className}>{children}</span>;
  const expression =
    source === '' ? jsonExpression(path) : `$('${source.replaceAll("'", "\\'")}').item.json${pathText(path)}`;
  return (
    <button
      type="button"
      draggable
      data-testid={`field-${path.join('.')}`}
      title="Drag into a parameter, or click to copy"
      onClick={() => copyText(`{{ ${expression} }}`, 'Expression copied')}
      onDragStart={(event) => {
        event.dataTransfer.setData(EXPRESSION_MIME, expression);
        event.dataTransfer.setData('text/plain', `{{ ${expression} }}`);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      className={cn(
        'group/drag inline-flex max-w-full cursor-grab items-center gap-0.5 rounded px-0.5 text-left hover:bg-accent-soft hover:text-accent-text active:cursor-grabbing',
        className,
      )}
    >
      <span className="truncate">{children}</span>
      <GripVertical aria-hidden className="size-3 shrink-0 opacity-0 group-hover/drag:opacity-60" />
    </button>
  );
}
