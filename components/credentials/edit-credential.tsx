'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import type { CredentialDetail } from '#server/credentials/schema.ts';
import { type CredentialDraft, draftOf } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { fieldProblem } from './field-problem.ts';

interface EditCredentialProps {
  credential: CredentialDetail;
  kind: CredentialType;
  onDirty: (dirty: boolean) => void;
}

/** The form of a credential that is there; read-only for those who may not change it. */
export function EditCredential({ credential, kind, onDirty }: EditCredentialProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [change, setChange] = useState<Partial<CredentialDraft>>({});
  const dirty = Object.keys(change).length > 0;
  const show = (next: Partial<CredentialDraft>) => {
    setChange(next);
    onDirty(Object.keys(next).length > 0);
  };
  const update = useMutation(
    trpc.credentials.update.mutationOptions({
      meta: { showsError: true },
      gcTime: 0, // what was sent must not stay in the cache
      onSuccess: (saved) => {
        queryClient.setQueryData(trpc.credentials.get.queryKey({ id: saved.id }), saved);
        void queryClient.invalidateQueries({ queryKey: trpc.credentials.list.pathKey() });
        show({});
        toast.success('Saved. Workflows use it from now on.');
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { allowedHosts, members, ...rest } = change;
    update.mutate({
      id: credential.id,
      ...rest,
      ...(allowedHosts ? { allowedHosts: [...allowedHosts] } : {}),
      ...(members ? { members: [...members] } : {}),
    });
  };
  return (
    <Card>
      <CardHeader title="Settings" />
      <form noValidate onSubmit={submit}>
        <div className="px-5 pb-5">
          <CredentialFields
            kind={kind}
            draft={{ ...draftOf(credential), ...change }}
            secrets={credential.secrets}
            makerId={credential.createdBy?.id ?? null}
            readOnly={!credential.mayManage}
            problem={update.error ? fieldProblem(update.error) : null}
            onChange={(next) => {
              update.reset();
              show({ ...change, ...next });
            }}
          />
        </div>
        {credential.mayManage ? (
          <div className="flex justify-end gap-2 border-border border-t px-5 py-3">
            {dirty ? (
              <Button
                variant="ghost"
                onClick={() => {
                  update.reset();
                  show({});
                }}
              >
                Discard
              </Button>
            ) : null}
            <Button type="submit" variant="primary" pending={update.isPending} disabled={!dirty}>
              Save changes
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
}
