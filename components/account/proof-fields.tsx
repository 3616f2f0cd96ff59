'use client';
import { useQuery } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { PasswordField } from '#components/auth/password-field.tsx';
import { goToProvider } from '#components/auth/provider-buttons.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';

interface Props {
  errors: Record<string, string | undefined>;
  /** Of the call that the proof was for. */
  failure: unknown;
}

/** What a session alone is not enough for: the password, and the code of two-factor login; each where the person has one. */
export function ProofFields({ errors, failure }: Props) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.accounts.identities.queryOptions());
  return (
    <>
      {data?.hasPassword ? (
        <PasswordField label="Your password" autoComplete="current-password" error={errors.password} />
      ) : null}
      {data?.hasTwoFactor ? (
        <TextField
          label="Code"
          name="code"
          help="Of your authenticator app, or one of your recovery codes."
          autoComplete="one-time-code"
          required
          error={errors.code}
        />
      ) : null}
      {failure ? <Callout tone="danger">{errorMessage(failure)}</Callout> : null}
      {asksToLogInAgain(failure) ? (
        <div className="flex flex-wrap gap-2">
          {data?.ways
            .filter(({ provider }) => data.identities.some((one) => one.provider === provider))
            .map(({ id, name }) => (
              <Button key={id} onClick={() => void goToProvider(id, location.pathname)}>
                Log in again with {name}
              </Button>
            ))}
        </div>
      ) : null}
    </>
  );
}

const asksToLogInAgain = (failure: unknown): boolean =>
  failure instanceof TRPCClientError &&
  (failure.data as { logInAgain?: boolean } | null)?.logInAgain === true;
