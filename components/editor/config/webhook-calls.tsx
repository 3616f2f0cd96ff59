'use client';

import { useQuery } from '@tanstack/react-query';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useEditing, useEditor } from '../editor-context.tsx';

const EVERY_MS = 10_000;

/** How often a webhook was called in the last 30 days, and what the last refused caller was told. */
export function WebhookCalls({ nodeId }: { nodeId: string }) {
  const { backend } = useEditing();
  const workflowId = useEditor((s) => s.workflowId);
  const { data } = useQuery({
    queryKey: ['triggers', workflowId],
    queryFn: () => backend.listTriggers(),
    refetchInterval: EVERY_MS,
  });
  const calls = data?.find((trigger) => trigger.nodeId === nodeId)?.calls;
  if (!calls) return null;
  const { accepted, repeated, refused } = calls;
  if (accepted + repeated + refused === 0)
    return <p className="text-foreground-subtle text-xs">No calls in the last 30 days.</p>;
  return (
    <div className="space-y-1 text-xs" data-testid="webhook-calls">
      <dl className="flex flex-wrap gap-x-4 gap-y-1">
        <Count label="Accepted" value={accepted} />
        <Count label="Repeated" value={repeated} />
        <Count label="Refused" value={refused} tone={refused > 0 ? 'text-danger' : undefined} />
        <div className="text-foreground-subtle">
          {calls.lastAt ? <RelativeTime date={calls.lastAt} /> : null} · 30 days
        </div>
      </dl>
      {calls.lastRefusal ? (
        <p className="break-words text-foreground-muted">Last refusal: {calls.lastRefusal}</p>
      ) : null}
    </div>
  );
}

function Count({ label, value, tone }: { label: string; value: number; tone?: string }) {
  return (
    <div className="flex gap-1">
      <dt className="text-foreground-muted">{label}</dt>
      <dd className={tone ?? 'font-medium'}>{value.toLocaleString('en')}</dd>
    </div>
  );
}
