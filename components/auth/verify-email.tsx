'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { AuthLink } from './auth-card.tsx';

/** Takes a click: mail programs open links to look at them, and a link is good once. */
export function VerifyEmail({ token }: { token: string }) {
  const trpc = useTRPC();
  const verify = useMutation(trpc.accounts.verifyEmail.mutationOptions({ meta: { showsError: true } }));
  if (verify.data)
    return (
      <div className="flex flex-col gap-4">
        <Callout tone="success">{verify.data.email} is confirmed.</Callout>
        <AuthLink href="/">Go on to LinkFlow</AuthLink>
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      {verify.error ? <Callout tone="danger">{errorMessage(verify.error)}</Callout> : null}
      <Button
        variant="primary"
        size="lg"
        autoFocus
        pending={verify.isPending}
        onClick={() => verify.mutate({ token })}
      >
        Confirm
      </Button>
    </div>
  );
}
