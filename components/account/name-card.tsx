'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { renameSchema } from '#server/accounts/schema.ts';

export function NameCard() {
  const trpc = useTRPC();
  const router = useRouter();
  const { user } = useMe();
  const rename = useMutation(
    trpc.accounts.rename.mutationOptions({
      onSuccess: () => {
        toast.success('Saved.');
        router.refresh(); // the sidebar shows the name, too
      },
    }),
  );
  const { form, errors } = useSchemaForm(renameSchema, (values) => rename.mutate(values));
  return (
    <Card>
      <CardHeader title="Name" description="How others see you." />
      <form {...form} className="flex flex-col gap-4 px-5 pb-5">
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          defaultValue={user.name}
          required
          error={errors.name}
        />
        <div>
          <Button type="submit" variant="primary" pending={rename.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}
