'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { ProviderIcon } from '#components/auth/provider-icon.tsx';
import { SignInProblem } from '#components/auth/sign-in-problem.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { type Identities, proofSchema } from '#server/accounts/schema.ts';
import { ProofFields } from './proof-fields.tsx';

/** Accounts elsewhere by which one logs in. Nothing where no provider is set up and none is connected. */
export function IdentitiesCard() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const list = useQuery(trpc.accounts.identities.queryOptions());
  const [way, setWay] = useState<Identities['ways'][number] | null>(null);
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data || (list.data.ways.length === 0 && list.data.identities.length === 0)) return null;
  const { identities, ways } = list.data;
  const connected = ways.find(({ id }) => id === query.get('connected'));
  return (
    <Card>
      <CardHeader
        title="Connected accounts"
        description="Log in with an account that you have elsewhere."
        action={
          way ? null : (
            <span className="flex flex-wrap gap-2">
              {ways.map((one) => (
                <Button key={one.id} onClick={() => setWay(one)}>
                  Connect {one.name}…
                </Button>
              ))}
            </span>
          )
        }
      />
      <div className="px-5 empty:hidden">
        <SignInProblem
          problem={query.get('problem') ?? undefined}
          way={query.get('way') ?? undefined}
          ways={ways}
        />
        {connected ? (
          <Callout tone="success" className="mb-5">
            {connected.name} is connected.
          </Callout>
        ) : null}
        {way ? <Connect way={way} onCancel={() => setWay(null)} /> : null}
      </div>
      {identities.length > 0 ? (
        <ul className="divide-y divide-border border-border border-t">
          {identities.map((identity) => (
            <Row key={identity.id} identity={identity} />
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function Connect({ way, onCancel }: { way: Identities['ways'][number]; onCancel: () => void }) {
  const trpc = useTRPC();
  const start = useMutation(
    trpc.accounts.startConnect.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => signIn(way.id, { redirectTo: '/account' }),
    }),
  );
  const { form, errors } = useSchemaForm(proofSchema, (proof) => start.mutate({ ...proof, way: way.id }));
  return (
    <form {...form} className="flex flex-col gap-4 pb-5">
      <ProofFields errors={errors} failure={start.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={start.isPending || start.isSuccess}>
          Go to {way.name}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

function Row({ identity }: { identity: Identities['identities'][number] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { id, name, provider, email, createdAt, lastUsedAt } = identity;
  const disconnect = useMutation(
    trpc.accounts.disconnectIdentity.mutationOptions({
      onSuccess: () => toast.success(`${name} is disconnected.`),
      onSettled: () => {
        setAsking(false);
        return queryClient.invalidateQueries({ queryKey: trpc.accounts.identities.queryKey() });
      },
    }),
  );
  return (
    <li className="flex items-center gap-3 px-5 py-3">
      <ProviderIcon provider={provider} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ui">{name}</p>
        <p className="text-foreground-muted text-xs wrap-anywhere">
          {email}, {lastUsedAt ? 'used' : 'connected'} <RelativeTime date={lastUsedAt ?? createdAt} />
        </p>
      </div>
      <Button size="sm" aria-label={`Disconnect ${name}`} onClick={() => setAsking(true)}>
        Disconnect
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Disconnect ${name}?`}
        confirmLabel="Disconnect"
        pending={disconnect.isPending}
        onConfirm={() => disconnect.mutate({ id })}
      >
        You cannot log in with it any more. You can connect it again at any time.
      </ConfirmDialog>
    </li>
  );
}
