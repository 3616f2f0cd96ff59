'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import { fieldProblem } from './field-problem.ts';

interface TryOutBoxProps {
  id: string;
  kind: CredentialType;
  allowedHosts: readonly string[];
  disabled: boolean;
}

/** Uses what is saved once, where that changes nothing, and says what came of it. */
export function TryOutBox({ id, kind, allowedHosts, disabled }: TryOutBoxProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const asks = kind.test === 'address';
  const [url, setUrl] = useState(() => (asks ? proposedAddress(allowedHosts) : ''));
  const test = useMutation(
    trpc.credentials.test.mutationOptions({
      meta: { showsError: true },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.credentials.pathKey() }),
    }),
  );
  const problem = test.error ? fieldProblem(test.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // the box may stand in a dialog over another form
    const address = url.trim();
    test.mutate({ id, ...(address ? { url: address } : {}) });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col items-start gap-3" data-testid="try-out-box">
      {asks ? (
        <div className="w-full">
          <TextField
            label="Address to call"
            name="url"
            inputMode="url"
            placeholder="https://api.example.com/me"
            autoComplete="off"
            value={url}
            error={problem?.field === 'url' ? problem.message : undefined}
            help="It is called once with GET. Choose one that needs the credential."
            onChange={(event) => {
              test.reset();
              setUrl(event.target.value);
            }}
          />
        </div>
      ) : null}
      <Button type="submit" pending={test.isPending} disabled={disabled}>
        <FlaskConical />
        Test
      </Button>
      {disabled ? <p className="text-foreground-muted text-xs">Save your changes first.</p> : null}
      {test.data ? (
        <Callout tone={test.data.ok ? 'success' : 'danger'}>
          <span className="wrap-anywhere">{test.data.message}</span>
        </Callout>
      ) : null}
      {problem && problem.field !== 'url' ? <Callout tone="danger">{problem.message}</Callout> : null}
    </form>
  );
}

function proposedAddress(hosts: readonly string[]): string {
  const host = hosts.find((one) => !one.startsWith('*'));
  return host ? `https://${host}/` : '';
}
