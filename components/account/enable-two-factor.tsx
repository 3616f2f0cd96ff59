'use client';
import { useMutation } from '@tanstack/react-query';
import { PasswordField } from '#components/auth/password-field.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { enableTwoFactorSchema, startTwoFactorSchema } from '#server/accounts/schema.ts';

/** First the password, then the picture for the app with a code of it. Gives the recovery codes, or null when given up. */
export function EnableTwoFactor({ onDone }: { onDone: (codes: readonly string[] | null) => void }) {
  const trpc = useTRPC();
  const start = useMutation(trpc.accounts.startTwoFactor.mutationOptions({ meta: { showsError: true } }));
  const { form, errors } = useSchemaForm(startTwoFactorSchema, (values) => start.mutate(values));
  if (start.data) return <Confirm {...start.data} onDone={onDone} />;
  return (
    <form {...form} className="flex flex-col gap-4">
      {start.error ? <Callout tone="danger">{errorMessage(start.error)}</Callout> : null}
      <PasswordField label="Your password" autoComplete="current-password" error={errors.password} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={start.isPending}>
          Continue
        </Button>
        <Button onClick={() => onDone(null)}>Cancel</Button>
      </div>
    </form>
  );
}

interface ConfirmProps {
  secret: string;
  qrCode: string;
  onDone: (codes: readonly string[] | null) => void;
}

function Confirm({ secret, qrCode, onDone }: ConfirmProps) {
  const trpc = useTRPC();
  const enable = useMutation(
    trpc.accounts.enableTwoFactor.mutationOptions({
      meta: { showsError: true },
      onSuccess: ({ codes }) => onDone(codes),
    }),
  );
  const { form, errors } = useSchemaForm(enableTwoFactorSchema, (values) => enable.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4">
      <p className="text-ui">Scan this with your authenticator app, then enter the code that it shows.</p>
      <div className="flex flex-wrap items-center gap-4">
        {/* an image and not markup: what comes as SVG stays a picture */}
        <img
          src={`data:image/svg+xml;utf8,${encodeURIComponent(qrCode)}`}
          alt="QR code for the authenticator app"
          className="size-44 rounded-lg border border-border bg-white"
        />
        <p className="min-w-0 flex-1 text-foreground-muted text-xs">
          Or type this in:
          <code
            data-testid="totp-secret"
            className="mt-1 block font-mono text-foreground text-ui wrap-anywhere"
          >
            {secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
        </p>
      </div>
      {enable.error ? <Callout tone="danger">{errorMessage(enable.error)}</Callout> : null}
      <TextField
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        error={errors.code}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={enable.isPending}>
          Turn on
        </Button>
        <Button onClick={() => onDone(null)}>Cancel</Button>
      </div>
    </form>
  );
}
