'use client';
import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { Billing } from '#server/billing/schema.ts';
import { PLANS } from '#server/plans/schema.ts';
import { ConsequenceList } from './consequence-list.tsx';
import { formatDay } from './dates.ts';
import { usePlanChanged } from './use-plan-changed.ts';

/** Says what happens when, before it is done. */
export function CancelDialog({ billing, onClose }: { billing: Billing; onClose: () => void }) {
  const trpc = useTRPC();
  const changed = usePlanChanged();
  const { subscription } = billing;
  const cancel = useMutation(
    trpc.billing.cancel.mutationOptions({
      onSuccess: () => toast.success('Cancelled. You can take it back until the plan ends.'),
      onSettled: async () => {
        await changed();
        onClose();
      },
    }),
  );
  if (!subscription) return null;
  const { name } = PLANS[subscription.plan];
  const trial = subscription.status === 'trialing';
  const end = formatDay(
    subscription.trialEndsAt && trial ? subscription.trialEndsAt : subscription.currentPeriodEnd,
    Date.now(),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Cancel ${name}?`}
      confirmLabel="Cancel the plan"
      cancelLabel="Keep it"
      pending={cancel.isPending}
      onConfirm={() => cancel.mutate()}
    >
      <p>
        {trial
          ? `The trial goes on until ${end}, and you pay nothing.`
          : `${name} goes on until ${end}, for that is paid. There is no other payment after it.`}{' '}
        Until then you can change your mind.
      </p>
      <p className="mt-3 mb-1.5 font-medium text-foreground">On {end} the workspace goes to the Free plan:</p>
      <ConsequenceList plan="free" />
    </ConfirmDialog>
  );
}
