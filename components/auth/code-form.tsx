'use client';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { enableTwoFactorSchema } from '#server/accounts/schema.ts';

/** The code of somebody whom an identity provider has vouched for. `next` has been checked by the page. */
export function CodeForm({ next }: { next: string }) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { form, errors } = useSchemaForm(enableTwoFactorSchema, async ({ code }) => {
    setPending(true);
    setFailure(null);
    try {
      const { error, code: why } = await signIn('second-factor', { code, redirect: false });
      if (!error) {
        location.assign(next);
        return;
      }
      setFailure(why === 'second-factor-wrong' ? WRONG : TOO_LATE);
    } catch {
      setFailure('The server cannot be reached. Check your connection and try again.');
    }
    setPending(false);
  });
  return (
    <form {...form} className="flex flex-col gap-4">
      {failure ? <Callout tone="danger">{failure}</Callout> : null}
      <TextField
        label="Code"
        name="code"
        help="Of your authenticator app, or one of your recovery codes."
        autoComplete="one-time-code"
        autoFocus
        required
        error={errors.code}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Log in
      </Button>
    </form>
  );
}

const WRONG = 'This code is not right, or it was used already.';
const TOO_LATE = 'It took too long, or there were too many attempts. Start again, in a while.';
