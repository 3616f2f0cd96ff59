'use client';
import { SecretText } from '#components/ui/secret-text.tsx';

/** What the provider wants to know before it gives a client ID. */
export function RedirectAddress() {
  return (
    <div className="flex flex-col gap-1.5 rounded-lg border border-border bg-muted/40 p-3">
      <p className="font-medium text-ui">Redirect address</p>
      <SecretText label="Redirect address" text={`${window.location.origin}/oauth/callback`} />
      <p className="text-foreground-muted text-xs">
        Register an application at the provider with this address. It gives you the client ID and the secret.
      </p>
    </div>
  );
}
