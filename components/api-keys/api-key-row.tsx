'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { apiKeySchema } from '#server/api-keys/schema.ts';
import { describeScopes } from './scopes.ts';

export function ApiKeyRow({ apiKey }: { apiKey: z.output<typeof apiKeySchema> }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: () => toast.success(`The key “${apiKey.name}” no longer works.`),
      onSettled: () => {
        setAsking(false);
        return queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() });
      },
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="inline-flex size-8 items-center justify-center rounded-lg bg-muted text-foreground-subtle">
        <KeyRound aria-hidden="true" className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="truncate">{apiKey.name}</span>
          <Expiry at={apiKey.expiresAt} />
        </p>
        <p className="flex flex-wrap gap-x-2 text-xs text-foreground-muted">
          <code className="font-mono">{apiKey.prefix}…</code>
          <span>{describeScopes(apiKey.scopes)}</span>
        </p>
      </div>
      <p className="text-xs text-foreground-muted max-sm:order-last max-sm:w-full max-sm:pl-11">
        {apiKey.lastUsedAt ? (
          <>
            Used <RelativeTime date={apiKey.lastUsedAt} />
          </>
        ) : (
          'Never used'
        )}
      </p>
      <Button variant="ghost" aria-label={`Revoke ${apiKey.name}`} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke “${apiKey.name}”?`}
        confirmLabel="Revoke key"
        pending={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: apiKey.id })}
      >
        Whatever uses this key is refused from now on. This cannot be undone.
      </ConfirmDialog>
    </li>
  );
}

function Expiry({ at }: { at: Date | null }) {
  if (!at) return null;
  if (at.getTime() < Date.now()) return <Badge tone="danger">Expired</Badge>;
  return (
    <Badge>until {at.toLocaleDateString('en', { month: 'short', day: 'numeric', year: 'numeric' })}</Badge>
  );
}
