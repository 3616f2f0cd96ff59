'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { setBudgetSchema } from '#server/usage/schema.ts';
import { countFromText } from './count-text.ts';

/** The field gives text: nothing in it is no budget. */
const formSchema = z.object({
  budget: z.string().transform(countFromText).pipe(setBudgetSchema.shape.budget),
});

interface BudgetFormProps {
  workflowId: string;
  name: string;
  budget: number | null;
  onDone: () => void;
}

export function BudgetForm({ workflowId, name, budget, onDone }: BudgetFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.usage.setBudget.mutationOptions({
      onSuccess: async (_, saved) => {
        await queryClient.invalidateQueries({ queryKey: trpc.usage.pathKey() });
        toast.success(
          saved.budget === null
            ? `“${name}” has no budget any more.`
            : `“${name}” may start ${saved.budget.toLocaleString('en')} times a month.`,
        );
        onDone();
      },
    }),
  );
  const { form, errors } = useSchemaForm(formSchema, (values) => save.mutate({ workflowId, ...values }));
  return (
    <form
      {...form}
      aria-label={`Budget of ${name}`}
      className="mt-3 flex flex-wrap items-start gap-x-2 gap-y-3 rounded-lg bg-muted p-3"
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <div className="w-full sm:w-72">
        <TextField
          label="Executions a month"
          name="budget"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          placeholder="No budget"
          defaultValue={budget ?? ''}
          maxLength={12}
          error={errors.budget}
          help="When it is spent, the workflow is paused and you get a mail."
        />
      </div>
      <div className="flex gap-2 sm:mt-6.5">
        <Button type="submit" variant="primary" pending={save.isPending}>
          Save
        </Button>
        {budget === null ? null : (
          <Button onClick={() => save.mutate({ workflowId, budget: null })}>Remove</Button>
        )}
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
