'use client';
import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import Link from 'next/link';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { CredentialView } from './credential-view.tsx';

export function CredentialPage({ credentialId }: { credentialId: string }) {
  const trpc = useTRPC();
  const path = useWorkspacePath();
  const { data, error } = useQuery(trpc.credentials.get.queryOptions({ id: credentialId }));
  const gone = ['NOT_FOUND', 'BAD_REQUEST'].includes(errorCode(error) ?? '');
  if (data && !gone) return <CredentialView credential={data} />;
  if (!error)
    return (
      <Page title="Credential" narrow>
        <Card>
          <ListSkeleton label="Loading the credential" />
        </Card>
      </Page>
    );
  return (
    <EmptyState
      className="m-auto"
      icon={<LockKeyhole />}
      title={gone ? 'There is no such credential for you' : 'The credential could not be loaded'}
      actions={
        <Button asChild>
          <Link href={path('credentials')}>All credentials</Link>
        </Button>
      }
    >
      {gone
        ? 'It was deleted, it belongs to another workspace, or it is not shared with you.'
        : errorMessage(error)}
    </EmptyState>
  );
}
