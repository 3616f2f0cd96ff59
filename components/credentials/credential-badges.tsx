'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import type { CredentialSummary } from '#server/credentials/schema.ts';
import { endOf } from './ends-on.ts';

/** What has to be known of a credential at a glance. */
export function CredentialBadges({ credential }: { credential: CredentialSummary }) {
  const end = endOf(credential.expiresAt, Date.now());
  return (
    <>
      {findCredentialType(credential.type)?.connects && !credential.connectedAt ? (
        <ConnectBadge credential={credential} />
      ) : null}
      {credential.problem ? (
        <Badge tone="danger" title={credential.problem}>
          Does not work
        </Badge>
      ) : null}
      {end ? <Badge tone={end.tone}>{end.text}</Badge> : null}
    </>
  );
}

/** Whether it needs connecting depends on fields that lists do not have. */
function ConnectBadge({ credential }: { credential: CredentialSummary }) {
  const trpc = useTRPC();
  const detail = useQuery(trpc.credentials.get.queryOptions({ id: credential.id }));
  const needs = detail.data && findCredentialType(credential.type)?.connects?.(detail.data.fields);
  return needs && !detail.data.connectedAt ? <Badge tone="warning">Needs connecting</Badge> : null;
}
