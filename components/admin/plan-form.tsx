'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Label } from '#components/ui/label.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { PLAN_KEYS, PLANS, planKeySchema } from '#server/plans/schema.ts';

const AS_BOUGHT = 'as-bought';

/** The operator's choice, before anything that was bought. */
export function PlanForm({ id, planOverride }: { id: string; planOverride: string | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const field = useId();
  const save = useMutation(
    trpc.admin.setPlan.mutationOptions({
      onSuccess: () => toast.success('The plan holds from now on.'),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.admin.workspaces.pathKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.admin.usage.pathKey() }),
        ]),
    }),
  );
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={field}>Plan</Label>
      <Select
        value={planOverride ?? AS_BOUGHT}
        disabled={save.isPending}
        onValueChange={(value) => save.mutate({ id, plan: planKeySchema.safeParse(value).data ?? null })}
      >
        <SelectTrigger id={field} className="w-64">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={AS_BOUGHT} help="What was bought, or what everybody has">
            As bought
          </SelectItem>
          {PLAN_KEYS.map((key) => (
            <SelectItem key={key} value={key}>
              {PLANS[key].name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
