'use client';

import { Copy, ExternalLink, Link2 } from 'lucide-react';
import { copyText } from '#components/execution-data/json-tree.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { useSessionState } from '../editor-context.tsx';

/** The address of a page that strangers use, a form or a chat, once there is one. */
export function PublicAddress({ node, page }: { node: WorkflowNode; page: 'form' | 'chat' }) {
  const trigger = useSessionState((s) => s.triggers.find((t) => t.nodeId === node.id));
  const active = useSessionState((s) => s.active);
  const url = trigger?.url;
  if (!url) {
    return (
      <div className="flex gap-2.5 rounded-lg border border-border border-dashed p-3 text-foreground-muted text-xs leading-4.5">
        <Link2 className="mt-0.5 size-4 shrink-0" />
        <p>
          The address of the {page} appears here once the workflow is{' '}
          <b className="font-medium text-foreground">active</b>. Until then, Run starts it with test data that
          you type in.
        </p>
      </div>
    );
  }
  const live = active && trigger.active;
  return (
    <div
      className="space-y-2 rounded-lg border border-border bg-background/60 p-3"
      data-testid={`${page}-url`}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-ui">Address</span>
        <span className={live ? 'text-success text-xs' : 'text-foreground-subtle text-xs'}>
          {live ? 'Open to everybody who has it' : 'Closed while the workflow is inactive'}
        </span>
      </div>
      <div className="flex items-center gap-1 rounded-md border border-border bg-surface py-1 pr-1 pl-2">
        <code className="min-w-0 flex-1 break-all py-0.5 font-mono text-[11.5px] leading-4">{url}</code>
        <IconButton label="Copy the address" size="xs" onClick={() => copyText(url, 'Address copied')}>
          <Copy className="size-3.5" />
        </IconButton>
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={`Open the ${page}`}
          className="inline-flex size-6 items-center justify-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
        >
          <ExternalLink className="size-3.5" />
        </a>
      </div>
    </div>
  );
}
