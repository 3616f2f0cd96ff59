'use client';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { loginSchema } from '#server/accounts/schema.ts';
import { AuthLink } from './auth-card.tsx';
import { PasswordField } from './password-field.tsx';

const schema = loginSchema.extend({
  password: loginSchema.shape.password.min(1, 'Enter your password.'),
});

const MANY = 5;

/** `next` has been checked by the page. */
export function LoginForm({ next, email }: { next: string; email?: string }) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const { form, errors } = useSchemaForm(schema, async (values) => {
    setPending(true);
    setFailure(null);
    const problem = await logIn(values);
    if (problem === null) {
      location.assign(next); // a full load: every page of the app depends on the session
      return;
    }
    setPending(false);
    setFailure(problem);
    setFailures(failures + 1);
  });
  return (
    <form {...form} className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="danger">
          {failure}
          {failures >= MANY ? ' After too many attempts, logging in pauses for a quarter of an hour.' : null}
        </Callout>
      ) : null}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus={!email}
        required
        error={errors.email}
      />
      <PasswordField autoComplete="current-password" error={errors.password} />
      <p className="-mt-2 text-right text-xs">
        <AuthLink href="/forgot-password">Forgotten your password?</AuthLink>
      </p>
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1">
        Log in
      </Button>
    </form>
  );
}

/** null when it worked, else what to tell the person. */
export async function logIn(values: { email: string; password: string }): Promise<string | null> {
  try {
    const result = await signIn('credentials', { ...values, redirect: false });
    if (!result.error) return null;
    if (result.error === 'CredentialsSignin') return 'This e-mail address and password do not match.';
    return 'Logging in failed. Try again in a moment.';
  } catch {
    return 'The server cannot be reached. Check your connection and try again.';
  }
}
