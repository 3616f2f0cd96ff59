'use client';

import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { Callout } from '#components/ui/callout.tsx';
import { useEditing, useEditor, useSessionState } from '../editor-context.tsx';

const EVERY_MS = 15_000;

/** When the mailbox is looked into, what came of it, and why the last look failed. */
export function MailboxState({ nodeId }: { nodeId: string }) {
  const { backend } = useEditing();
  const workflowId = useEditor((s) => s.workflowId);
  const active = useSessionState((s) => s.active);
  const { data } = useQuery({
    queryKey: ['triggers', workflowId],
    queryFn: () => backend.listTriggers(),
    refetchInterval: EVERY_MS,
  });
  const trigger = data?.find((one) => one.nodeId === nodeId);
  if (!active || !trigger)
    return (
      <p className="flex gap-2.5 rounded-lg border border-border border-dashed p-3 text-foreground-muted text-xs leading-4.5">
        <Inbox className="mt-0.5 size-4 shrink-0" />
        The mailbox is looked into while the workflow is active. Mail that came before that starts nothing.
      </p>
    );
  const { calls } = trigger;
  return (
    <div className="space-y-1 rounded-lg border border-border bg-background/60 p-3 text-xs">
      <p className="text-foreground-muted">
        Next look at {timeOf(trigger.nextRunAt)} · {(calls?.accepted ?? 0).toLocaleString('en')} messages in
        30 days
      </p>
      {calls?.lastRefusal ? <Callout tone="danger">Last failure: {calls.lastRefusal}</Callout> : null}
    </div>
  );
}

const timeOf = (at: Date | null): string =>
  at?.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }) ?? '…';
