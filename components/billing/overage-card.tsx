'use client';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { countFromText } from '#components/usage/count-text.ts';
import type { Billing } from '#server/billing/schema.ts';
import { PLANS } from '#server/plans/schema.ts';
import { setOverageSchema } from '#server/usage/schema.ts';
import { formatMoney } from './money.ts';
import { isUnderWay } from './plan-state.ts';
import { usePlanChanged } from './use-plan-changed.ts';

const formSchema = z.object({
  overage: z.string().transform(countFromText).pipe(setOverageSchema.shape.overage),
});

/** Whether starts go on when the plan is used up, and how many at most. Only where the plan has a price for it. */
export function OverageCard({ billing }: { billing: Billing }) {
  const trpc = useTRPC();
  const changed = usePlanChanged();
  const title = useId();
  const { overage, plan: key, subscription } = billing;
  const plan = PLANS[key];
  const [open, setOpen] = useState(overage > 0);
  const save = useMutation(
    trpc.usage.setOverage.mutationOptions({
      onSuccess: async (_, saved) => {
        await changed();
        toast.success(
          saved.overage === 0
            ? 'No extra executions. When the plan is used up, starts are refused.'
            : `Up to ${saved.overage.toLocaleString('en')} extra executions a month.`,
        );
      },
    }),
  );
  const price = plan.overagePer1000;
  if (price === null || !isUnderWay(subscription)) return null;
  const toggle = (on: boolean) => {
    setOpen(on);
    if (!on && overage > 0) save.mutate({ overage: 0 }, { onError: () => setOpen(true) });
  };
  return (
    <Card aria-labelledby={title}>
      <CardHeader
        title="Extra executions"
        description={
          <span id={title}>
            When the {plan.executionsPerMonth?.toLocaleString('en')} of {plan.name} are used up, starts go on
            for {formatMoney(price)} per 1,000, up to the number you set.
          </span>
        }
        action={
          <Switch
            aria-label="Allow extra executions"
            checked={open}
            disabled={save.isPending}
            onCheckedChange={toggle}
          />
        }
      />
      {open ? (
        <OverageForm
          key={overage}
          overage={overage}
          price={price}
          suggested={Math.round((plan.executionsPerMonth ?? 0) / 5)}
          pending={save.isPending}
          onSave={(wanted) => save.mutate({ overage: wanted })}
        />
      ) : null}
    </Card>
  );
}

interface OverageFormProps {
  overage: number;
  /** Cents for 1,000. */
  price: number;
  suggested: number;
  pending: boolean;
  onSave: (overage: number) => void;
}

function OverageForm({ overage, price, suggested, pending, onSave }: OverageFormProps) {
  const [typed, setTyped] = useState(overage > 0 ? overage : suggested);
  const { form, errors } = useSchemaForm(formSchema, (values) => onSave(values.overage));
  const most = Number.isFinite(typed) ? formatMoney(Math.ceil((typed / 1000) * price)) : null;
  return (
    <form {...form} className="flex flex-wrap items-start gap-x-3 gap-y-3 px-5 pb-5">
      <div className="w-full sm:w-96">
        <TextField
          label="At most, a month"
          name="overage"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={(overage > 0 ? overage : suggested).toLocaleString('en')}
          maxLength={14}
          onChange={(event) => setTyped(countFromText(event.currentTarget.value) ?? 0)}
          error={errors.overage}
          help={most ? `At most ${most} more a month. You pay for those that started.` : undefined}
        />
      </div>
      <Button
        type="submit"
        variant={overage > 0 ? 'secondary' : 'primary'}
        pending={pending}
        className="sm:mt-6.5"
      >
        {overage > 0 ? 'Save' : 'Allow them'}
      </Button>
    </form>
  );
}
