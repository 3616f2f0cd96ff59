'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { SubscriptionView } from '#server/billing/schema.ts';
import { type BillingInterval, PLAN_KEYS, PLANS, type SoldPlan } from '#server/plans/schema.ts';
import { AmountTable } from './amount-table.tsx';
import { ConsequenceList } from './consequence-list.tsx';
import { formatMoney } from './money.ts';
import { usePlanChanged } from './use-plan-changed.ts';

interface ChangeDialogProps {
  subscription: SubscriptionView;
  plan: SoldPlan;
  interval: BillingInterval;
  onClose: () => void;
}

/** What another plan costs to the cent, and what it changes, before it is bought. */
export function ChangeDialog({ subscription, plan, interval, onClose }: ChangeDialogProps) {
  const trpc = useTRPC();
  const changed = usePlanChanged();
  const preview = useQuery(
    trpc.billing.previewChange.queryOptions({ plan, interval }, { staleTime: 0, gcTime: 0 }),
  );
  const change = useMutation(
    trpc.billing.change.mutationOptions({
      meta: { showsError: true },
      onSuccess: async () => {
        await changed();
        toast.success(`The workspace is on ${PLANS[plan].name} now.`);
        onClose();
      },
    }),
  );
  const smaller = PLAN_KEYS.indexOf(plan) < PLAN_KEYS.indexOf(subscription.plan);
  const due = preview.data?.dueNow ?? 0;
  const title =
    subscription.plan === plan
      ? `Pay by the ${interval}?`
      : `Change to ${PLANS[plan].name}, paid by the ${interval}?`;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>
            It holds at once. {subscription.cancelAt ? 'The cancellation stays as it is. ' : ''}
            {smaller ? 'What you have paid for and do not use is credited to your next invoices.' : ''}
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          {change.error ? <Callout tone="danger">{errorMessage(change.error)}</Callout> : null}
          {preview.isPending ? (
            <div role="status" className="flex flex-col gap-2">
              <span className="sr-only">Asking Stripe for the amounts</span>
              <Skeleton className="h-5 w-full" />
              <Skeleton className="h-5 w-full" />
              <Skeleton className="h-5 w-2/3" />
            </div>
          ) : preview.data ? (
            <AmountTable preview={preview.data} />
          ) : (
            <QueryError error={preview.error} onRetry={() => preview.refetch()} />
          )}
          {smaller ? (
            <div className="text-foreground-muted text-ui">
              <p className="mb-1.5 font-medium text-foreground">What changes</p>
              <ConsequenceList plan={plan} />
            </div>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            disabled={!preview.data}
            pending={change.isPending}
            onClick={() => change.mutate({ plan, interval })}
          >
            {due > 0 ? `Change and pay ${formatMoney(due, preview.data?.currency)}` : 'Change the plan'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
