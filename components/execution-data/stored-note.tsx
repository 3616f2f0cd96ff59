'use client';

import { Download } from 'lucide-react';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { sizeText } from '#engine/file-view.ts';
import type { StoredItems } from '#engine/item.ts';

const count = new Intl.NumberFormat('en');

/** Says that only a part of the items is shown, and where all of them are. */
export function StoredNote({ output }: { output: StoredItems }) {
  const path = useWorkspacePath();
  return (
    <div
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-border border-b bg-muted px-3 py-1.5 text-xs"
      data-testid="stored-note"
    >
      <span className="text-foreground-muted">{noteOf(output)}</span>
      {output.stored === '' ? null : (
        <a
          className="ml-auto inline-flex items-center gap-1 rounded font-medium text-accent-text hover:underline focus-visible:outline-2"
          href={path(downloadPath(output.stored))}
          download
        >
          <Download className="size-3.5" aria-hidden />
          Download all ({sizeText(output.bytes)})
        </a>
      )}
    </div>
  );
}

/** The place of an output below its workspace; its key is `executions/<id>/<name>`. */
export function downloadPath(key: string): string {
  const [, executionId = '', name = ''] = key.split('/');
  return `executions/${executionId}/outputs/${encodeURIComponent(name)}`;
}

export function noteOf({ first, length, shortened }: StoredItems): string {
  if (!shortened) return `First ${count.format(first.length)} of ${count.format(length)} items`;
  const what = length === 1 ? 'This item' : `The first of ${count.format(length)} items`;
  return `${what} is too large to show: long texts and lists are cut short`;
}
