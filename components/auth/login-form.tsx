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
  /** The password was right. */
  const [asksCode, setAsksCode] = useState(false);
  const { form, errors } = useSchemaForm(schema, async (values) => {
    setPending(true);
    setFailure(null);
    const result = await logIn(values);
    if (result.state === 'in') {
      location.assign(next); // a full load: every page of the app depends on the session
      return;
    }
    setPending(false);
    setAsksCode(result.state === 'code');
    setFailure(result.problem);
    if (result.problem) setFailures(failures + 1);
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
      {asksCode ? (
        <TextField
          label="Code"
          name="code"
          help="Of your authenticator app, or one of your recovery codes."
          autoComplete="one-time-code"
          autoFocus
          required
          error={errors.code}
        />
      ) : null}
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1">
        Log in
      </Button>
    </form>
  );
}

/** `code`: the password was right, and a code has to come with it; the problem says that the one that came was wrong. */
type LogIn = { state: 'in' } | { state: 'code' | 'refused'; problem: string | null };

/** Never rejects: what went wrong is for the person to read. */
export async function logIn(values: { email: string; password: string; code?: string }): Promise<LogIn> {
  try {
    const { code: why, error } = await signIn('credentials', { ...values, redirect: false });
    if (!error) return { state: 'in' };
    if (why === 'second-factor') return { state: 'code', problem: null };
    if (why === 'second-factor-wrong')
      return { state: 'code', problem: 'This code is not right, or it was used already.' };
    if (why === 'blocked')
      return { state: 'refused', problem: 'This account is blocked. Ask whoever runs this server.' };
    if (error === 'TooManyRequests')
      return { state: 'refused', problem: 'Too many attempts from here. Try again in some minutes.' };
    const problem =
      error === 'CredentialsSignin'
        ? 'This e-mail address and password do not match.'
        : 'Logging in failed. Try again in a moment.';
    return { state: 'refused', problem };
  } catch {
    return {
      state: 'refused',
      problem: 'The server cannot be reached. Check your connection and try again.',
    };
  }
}
