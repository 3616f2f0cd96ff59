'use client';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { tellOpener } from './connect-channel.ts';

export interface ProviderAnswer {
  state: string;
  /** Of OAuth 1: the verifier. */
  code?: string;
  /** Of OAuth 1: the request token that was consented to. */
  token?: string;
  error?: string;
  errorDescription?: string;
}
type Outcome = { ok: true; name: string; href: string } | { ok: false; message: string };

/** A state is good once; React may run an effect twice, and must get the same outcome then. */
const outcomes = new Map<string, Promise<Outcome>>();

/** Where the provider sends somebody back to: hands its answer on, tells the page that waits, and closes the window. */
export function OAuthCallback({ answer }: { answer: ProviderAnswer }) {
  const client = useTRPCClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    const { state } = answer;
    let known = outcomes.get(state);
    if (!known) {
      // the code must not stay in the history, nor the state be sent again by a reload
      window.history.replaceState(null, '', '/oauth/callback');
      known = client.credentials.finishConnect.mutate(answer).then(
        ({ workspaceId, credentialId, name }): Outcome => ({
          ok: true,
          name,
          href: `/w/${workspaceId}/credentials/${credentialId}`,
        }),
        (error: unknown): Outcome => ({ ok: false, message: errorMessage(error) }),
      );
      outcomes.set(state, known);
      void known.then((end) =>
        tellOpener({ state, ok: end.ok, message: end.ok ? `“${end.name}” is connected.` : end.message }),
      );
    }
    let here = true;
    void known.then((end) => {
      if (!here) return;
      setOutcome(end);
      if (end.ok) window.close(); // refused where no script opened the window: then it says what happened
    });
    return () => {
      here = false;
    };
  }, [client, answer]);
  if (!outcome)
    return (
      <AuthCard title="Connecting…">
        <p className="flex items-center gap-2 text-foreground-muted text-ui">
          <Spinner /> One moment, the provider is asked for access.
        </p>
      </AuthCard>
    );
  if (outcome.ok)
    return (
      <AuthCard
        title="Connected"
        description={`“${outcome.name}” may be used now. You can close this window.`}
      >
        <Button asChild>
          <Link href={outcome.href}>Open the credential</Link>
        </Button>
      </AuthCard>
    );
  return (
    <AuthCard title="Not connected">
      <div className="flex flex-col items-start gap-4">
        <Callout tone="danger">{outcome.message}</Callout>
        <p className="text-foreground-muted text-ui">
          Close this window and begin again from the credential’s page.
        </p>
        <Button asChild>
          <Link href="/">Back to LinkFlow</Link>
        </Button>
      </div>
    </AuthCard>
  );
}
