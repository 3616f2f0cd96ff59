'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { signOut } from 'next-auth/react';
import type { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { invitationPreviewSchema } from '#server/members/schema.ts';
import { AuthCard, AuthLink } from './auth-card.tsx';

type Preview = z.output<typeof invitationPreviewSchema>;

/** What an invitation link opens. `signedInAs` is the e-mail address of the session, if there is one. */
export function InvitationCard({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.members.previewInvitation.queryOptions({ token }));
  if (preview.isPending) {
    return (
      <AuthCard title="Invitation">
        <Skeleton className="h-10" />
      </AuthCard>
    );
  }
  if (preview.isError || preview.data.state !== 'open') {
    return (
      <AuthCard
        title="This invitation cannot be used"
        description={preview.isError ? errorMessage(preview.error) : CLOSED[preview.data.state]}
      >
        <Button asChild size="lg" className="w-full">
          <a href="/">Go to LinkFlow</a>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={`Join ${preview.data.workspaceName}`}
      description={
        <>
          <strong className="font-medium text-foreground">{preview.data.email}</strong> was invited as{' '}
          {preview.data.role}.
        </>
      }
    >
      {signedInAs ? (
        <Accept token={token} preview={preview.data} signedInAs={signedInAs} />
      ) : (
        <SignInFirst token={token} email={preview.data.email} />
      )}
    </AuthCard>
  );
}

const CLOSED: Record<Preview['state'], string> = {
  open: '',
  accepted: 'It has been accepted already. Log in to open the workspace.',
  expired: 'It has expired. Ask for a new one.',
};

function Accept({ token, preview, signedInAs }: { token: string; preview: Preview; signedInAs: string }) {
  const trpc = useTRPC();
  const accept = useMutation(
    trpc.members.acceptInvitation.mutationOptions({
      meta: { showsError: true },
      onSuccess: ({ workspaceId }) => location.assign(`/w/${workspaceId}/workflows`),
    }),
  );
  if (preview.email !== signedInAs) {
    return (
      <div className="flex flex-col gap-4">
        <Callout tone="warning">
          You are logged in as {signedInAs}. The invitation is for another address.
        </Callout>
        <Button variant="primary" size="lg" onClick={() => void signOut({ redirectTo: `/invite/${token}` })}>
          Use another account
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {accept.error ? <Callout tone="danger">{errorMessage(accept.error)}</Callout> : null}
      <Button
        variant="primary"
        size="lg"
        pending={accept.isPending || accept.isSuccess}
        onClick={() => accept.mutate({ token })}
      >
        Join workspace
      </Button>
    </div>
  );
}

function SignInFirst({ token, email }: { token: string; email: string }) {
  const query = new URLSearchParams({ next: `/invite/${token}`, email });
  return (
    <div className="flex flex-col gap-4">
      <Button asChild variant="primary" size="lg">
        <a href={`/signup?${query}`}>Create an account</a>
      </Button>
      <p className="text-center text-ui text-foreground-muted">
        Have one already? <AuthLink href={`/login?${query}`}>Log in</AuthLink>
      </p>
    </div>
  );
}
