'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProofFields } from '#components/account/proof-fields.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { Label } from '#components/ui/label.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { proofSchema } from '#server/accounts/schema.ts';

/** For an owner: makes somebody else the owner. */
export function TransferCard() {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Hand over"
        description="Make somebody else the owner. You stay as an admin."
        action={open ? null : <Button onClick={() => setOpen(true)}>Hand over…</Button>}
      />
      {open ? <TransferForm onCancel={() => setOpen(false)} /> : null}
    </Card>
  );
}

function TransferForm({ onCancel }: { onCancel: () => void }) {
  const trpc = useTRPC();
  const members = useQuery(trpc.members.list.queryOptions());
  const [userId, setUserId] = useState('');
  const transfer = useMutation(
    trpc.workspaces.transfer.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => location.reload(), // one's role decides what every page offers
    }),
  );
  const { form, errors } = useSchemaForm(proofSchema, (proof) => transfer.mutate({ ...proof, userId }));
  const others = members.data?.filter(({ role }) => role !== 'owner') ?? [];
  if (members.data && others.length === 0)
    return (
      <p className="px-5 pb-5 text-foreground-muted text-ui">Nobody else is here yet. Invite them first.</p>
    );
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="new-owner">New owner</Label>
        <Select value={userId} onValueChange={setUserId}>
          <SelectTrigger id="new-owner" aria-label="New owner">
            <SelectValue placeholder="Choose a member" />
          </SelectTrigger>
          <SelectContent>
            {others.map((member) => (
              <SelectItem key={member.userId} value={member.userId}>
                {member.name} ({member.email})
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <ProofFields errors={errors} failure={transfer.error} />
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={userId === ''}
          pending={transfer.isPending || transfer.isSuccess}
        >
          Hand over
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
