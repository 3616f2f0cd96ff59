'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { useMe } from '#components/workspaces/me-provider.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import { credentialTypes } from '#nodes/credential-types/registry.ts';
import type { CredentialDetail } from '#server/credentials/schema.ts';
import { type CredentialDraft, emptyDraft, proposedName } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { CredentialReady } from './credential-ready.tsx';
import { fieldProblem } from './field-problem.ts';
import { KindChooser } from './kind-chooser.tsx';

interface NewCredentialDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Kinds that fit where it is wanted; all when absent. */
  types?: readonly string[];
  /** As soon as it is kept; the dialog stays for trying it out. */
  onCreated?: (credential: CredentialDetail) => void;
}

/** First its kind, then its form, then – now that it is kept – a test or the consent that it needs. */
export function NewCredentialDialog({ open, onOpenChange, types, onCreated }: NewCredentialDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="lg" onInteractOutside={(event) => event.preventDefault()}>
        <Steps types={types} onCreated={onCreated} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function Steps({
  types,
  onCreated,
  onClose,
}: Pick<NewCredentialDialogProps, 'types' | 'onCreated'> & { onClose: () => void }) {
  const kinds = types ? credentialTypes.filter(({ type }) => types.includes(type)) : credentialTypes;
  const [kind, setKind] = useState<CredentialType | null>(kinds.length === 1 ? kinds[0]! : null);
  const [made, setMade] = useState<CredentialDetail | null>(null);
  if (made && kind) return <CredentialReady made={made} kind={kind} onClose={onClose} />;
  if (!kind)
    return (
      <>
        <DialogHeader>
          <DialogTitle>New credential</DialogTitle>
          <DialogDescription>How does the other side want you to prove who you are?</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <KindChooser kinds={kinds} onChoose={setKind} />
        </DialogBody>
      </>
    );
  return (
    <NewCredentialForm
      key={kind.type}
      kind={kind}
      onBack={kinds.length > 1 ? () => setKind(null) : undefined}
      onClose={onClose}
      onMade={(credential) => {
        setMade(credential);
        onCreated?.(credential);
      }}
    />
  );
}

interface NewCredentialFormProps {
  kind: CredentialType;
  onBack?: () => void;
  onClose: () => void;
  onMade: (credential: CredentialDetail) => void;
}

function NewCredentialForm({ kind, onBack, onClose, onMade }: NewCredentialFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { user } = useMe();
  const [draft, setDraft] = useState<CredentialDraft>(() => emptyDraft(kind));
  const [named, setNamed] = useState(false);
  const create = useMutation(
    trpc.credentials.create.mutationOptions({
      meta: { showsError: true },
      gcTime: 0, // what was sent must not stay in the cache
      onSuccess: (credential) => {
        queryClient.setQueryData(trpc.credentials.get.queryKey({ id: credential.id }), credential);
        void queryClient.invalidateQueries({ queryKey: trpc.credentials.list.pathKey() });
        onMade(credential);
      },
    }),
  );
  const change = (next: Partial<CredentialDraft>) => {
    create.reset();
    const isNamed = named || next.name !== undefined;
    setNamed(isNamed);
    setDraft((now) => {
      const merged = { ...now, ...next };
      return isNamed ? merged : { ...merged, name: proposedName(kind, merged) };
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // the dialog may be opened from inside another form
    create.mutate({
      ...draft,
      type: kind.type,
      allowedHosts: [...draft.allowedHosts],
      members: [...draft.members],
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>New credential: {kind.name}</DialogTitle>
        <DialogDescription>{kind.description}</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <CredentialFields
          kind={kind}
          draft={draft}
          onChange={change}
          makerId={user.id}
          problem={create.error ? fieldProblem(create.error) : null}
        />
      </DialogBody>
      <DialogFooter>
        {onBack ? (
          <Button variant="ghost" className="mr-auto" onClick={onBack}>
            <ArrowLeft />
            Other kinds
          </Button>
        ) : null}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Save credential
        </Button>
      </DialogFooter>
    </form>
  );
}
