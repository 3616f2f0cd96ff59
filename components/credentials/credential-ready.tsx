'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import type { CredentialDetail } from '#server/credentials/schema.ts';
import { ConnectBox } from './connect-box.tsx';
import { TryOutBox } from './try-out-box.tsx';

interface CredentialReadyProps {
  made: CredentialDetail;
  kind: CredentialType;
  onClose: () => void;
}

/** What can be done with a credential that was just made. */
export function CredentialReady({ made, kind, onClose }: CredentialReadyProps) {
  const trpc = useTRPC();
  const credential = useQuery(trpc.credentials.get.queryOptions({ id: made.id })).data ?? made;
  const connects = kind.connects?.(credential.fields) ?? false;
  const says = connects
    ? 'One step is left: somebody has to consent at the provider.'
    : kind.test
      ? 'See whether it works, or do that later.'
      : 'It is kept encrypted and can be chosen in nodes now.';
  return (
    <>
      <DialogHeader>
        <DialogTitle>“{credential.name}” is saved</DialogTitle>
        <DialogDescription>{says}</DialogDescription>
      </DialogHeader>
      {connects || kind.test ? (
        <DialogBody>
          {connects ? <ConnectBox credential={credential} disabled={false} /> : null}
          {kind.test && (!connects || credential.connectedAt) ? (
            <TryOutBox
              id={credential.id}
              kind={kind}
              allowedHosts={credential.allowedHosts}
              disabled={false}
            />
          ) : null}
        </DialogBody>
      ) : null}
      <DialogFooter>
        <Button variant={connects && !credential.connectedAt ? 'secondary' : 'primary'} onClick={onClose}>
          {connects && !credential.connectedAt ? 'Later' : 'Done'}
        </Button>
      </DialogFooter>
    </>
  );
}
