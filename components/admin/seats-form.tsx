'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { setSeatsSchema } from '#server/admin/schema.ts';

/** The field gives text: nothing in it is no limit. */
const formSchema = z.object({
  seats: z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : Number(text)))
    .pipe(setSeatsSchema.shape.seats),
});

export function SeatsForm({ id, seats }: { id: string; seats: number | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.admin.setSeats.mutationOptions({
      onSuccess: () => {
        toast.success('Saved.');
        return queryClient.invalidateQueries({ queryKey: trpc.admin.workspaces.pathKey() });
      },
    }),
  );
  const { form, errors } = useSchemaForm(formSchema, (values) => save.mutate({ id, ...values }));
  return (
    <form {...form} className="flex items-end gap-2">
      <TextField
        label="Seats"
        name="seats"
        inputMode="numeric"
        autoComplete="off"
        placeholder="No limit"
        defaultValue={seats ?? ''}
        error={errors.seats}
        className="w-28"
      />
      <Button type="submit" pending={save.isPending}>
        Save
      </Button>
    </form>
  );
}
