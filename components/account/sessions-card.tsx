'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { deviceOf } from './device-of.ts';

/** Where one is logged in. */
export function SessionsCard() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sessions = useQuery(trpc.accounts.sessions.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.accounts.sessions.pathKey() });
  const revoke = useMutation(trpc.accounts.revokeSession.mutationOptions({ onSettled: refresh }));
  const revokeOthers = useMutation(
    trpc.accounts.revokeOtherSessions.mutationOptions({
      onSuccess: () => toast.success('Other browsers are logged out.'),
      onSettled: refresh,
    }),
  );
  return (
    <Card>
      <CardHeader
        title="Where you are logged in"
        description="A browser that you do not know? Log it out, and change your password."
        action={
          (sessions.data?.length ?? 0) > 1 ? (
            <Button pending={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
              Log out all others
            </Button>
          ) : null
        }
      />
      {sessions.isPending ? (
        <ListSkeleton label="Loading sessions" />
      ) : sessions.isError ? (
        <QueryError error={sessions.error} onRetry={() => sessions.refetch()} />
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {sessions.data.map(({ id, userAgent, usedAt, current }) => {
            const { name, isPhone } = deviceOf(userAgent);
            const Icon = isPhone ? Smartphone : Monitor;
            return (
              <li key={id} className="flex items-center gap-3 px-5 py-3">
                <Icon aria-hidden="true" className="size-4 shrink-0 text-foreground-subtle" />
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-2 font-medium text-ui">
                    {name}
                    {current ? <Badge tone="success">this one</Badge> : null}
                  </p>
                  <p className="text-foreground-muted text-xs">
                    used <RelativeTime date={usedAt} />
                  </p>
                </div>
                {current ? null : (
                  <Button
                    size="sm"
                    aria-label={`Log out ${name}`}
                    pending={revoke.isPending && revoke.variables.id === id}
                    onClick={() => revoke.mutate({ id })}
                  >
                    Log out
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
