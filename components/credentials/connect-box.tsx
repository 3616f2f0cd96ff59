'use client';
import { ExternalLink } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { CredentialDetail } from '#server/credentials/schema.ts';
import { useConnect } from './use-connect.ts';

/** Whether somebody consented at the provider, and the way to do so. */
export function ConnectBox({ credential, disabled }: { credential: CredentialDetail; disabled: boolean }) {
  const { state, begin, cancel } = useConnect(credential.id);
  const { connectedAt } = credential;
  const waiting = state.status === 'waiting';
  return (
    <div className="flex flex-col items-start gap-3" data-testid="connect-box">
      {connectedAt && !waiting ? (
        <Callout tone="success">
          Connected <RelativeTime date={connectedAt} />.
        </Callout>
      ) : null}
      {connectedAt || waiting ? null : (
        <p className="text-foreground-muted text-ui">
          Nobody has consented yet. A window of the provider opens; log in there and agree.
        </p>
      )}
      {state.status === 'failed' ? <Callout tone="danger">{state.message}</Callout> : null}
      {waiting ? (
        <Callout tone="info">
          {state.returned
            ? 'Still waiting for the other window. If you closed it, open it again.'
            : 'Go on in the other window. This page notices when you are done.'}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant={connectedAt ? 'secondary' : 'primary'}
          pending={state.status === 'opening'}
          disabled={disabled}
          onClick={begin}
        >
          <ExternalLink />
          {waiting ? 'Open it again' : connectedAt ? 'Connect again' : 'Connect'}
        </Button>
        {waiting ? (
          <Button variant="ghost" onClick={cancel}>
            Cancel
          </Button>
        ) : null}
      </div>
      {disabled ? <p className="text-foreground-muted text-xs">Save your changes first.</p> : null}
    </div>
  );
}
