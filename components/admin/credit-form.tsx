'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { countFromText } from '#components/usage/count-text.ts';
import { giveCreditSchema } from '#server/admin/schema.ts';

/** The field gives text. */
const formSchema = z.object({
  executions: z
    .string()
    .transform((text) => countFromText(text) ?? Number.NaN)
    .pipe(giveCreditSchema.shape.executions),
});

/** More executions in this month, as a gift. */
export function CreditForm({ id }: { id: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ref = useRef<HTMLFormElement>(null);
  const give = useMutation(
    trpc.admin.giveCredit.mutationOptions({
      onSuccess: (_, { executions }) => {
        toast.success(`${executions.toLocaleString('en')} executions were given for this month.`);
        ref.current?.reset();
        return queryClient.invalidateQueries({ queryKey: trpc.admin.usage.pathKey() });
      },
    }),
  );
  const { form, errors } = useSchemaForm(formSchema, (values) => give.mutate({ id, ...values }));
  return (
    <form {...form} ref={ref} className="flex items-end gap-2">
      <TextField
        label="More executions this month"
        name="executions"
        inputMode="numeric"
        autoComplete="off"
        placeholder="1,000"
        error={errors.executions}
        className="w-44"
      />
      <Button type="submit" pending={give.isPending}>
        Give
      </Button>
    </form>
  );
}
