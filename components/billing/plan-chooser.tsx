'use client';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { IntervalSwitch } from '#components/pricing/interval-switch.tsx';
import { PlanCard } from '#components/pricing/plan-card.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { Billing } from '#server/billing/schema.ts';
import { type BillingInterval, PLANS, SOLD_PLANS, type SoldPlan } from '#server/plans/schema.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { isSettled, isUnderWay } from './plan-state.ts';

/** The plans that can be bought, beside the free one. */
export function PlanChooser({ billing }: { billing: Billing }) {
  const { subscription } = billing;
  const underWay = isUnderWay(subscription);
  const wanted = useSearchParams().get('interval');
  const [interval, setInterval] = useState<BillingInterval>(
    wanted === 'year' || wanted === 'month' ? wanted : underWay ? subscription.interval : 'month',
  );
  const waits = underWay && !isSettled(subscription);
  return (
    <Card aria-label="Plans">
      <CardHeader
        title={underWay ? 'Change the plan' : 'Choose a plan'}
        description={
          waits
            ? 'Settle the open payment first; then you can change the plan.'
            : underWay
              ? 'You see what it costs and what it changes before anything is charged.'
              : 'You pay on a page of Stripe. We never see your card.'
        }
        action={<IntervalSwitch value={interval} onValueChange={setInterval} />}
      />
      <div className="grid gap-4 px-5 pb-5 lg:grid-cols-3">
        <PlanCard plan={PLANS.free} interval={interval} flat current={!underWay && billing.plan === 'free'}>
          <FreeAction billing={billing} />
        </PlanCard>
        {SOLD_PLANS.map((key) => (
          <PlanCard
            key={key}
            plan={PLANS[key]}
            interval={interval}
            flat
            current={underWay && subscription.plan === key && subscription.interval === interval}
          >
            <SoldAction billing={billing} plan={key} interval={interval} disabled={waits} />
          </PlanCard>
        ))}
      </div>
    </Card>
  );
}

function FreeAction({ billing }: { billing: Billing }) {
  const [asking, setAsking] = useState(false);
  const { subscription } = billing;
  if (!isUnderWay(subscription)) return billing.plan === 'free' ? <YourPlan /> : null;
  if (subscription.cancelAt)
    return <p className="text-center text-foreground-muted text-ui">Comes after the plan’s end</p>;
  return (
    <>
      <Button className="w-full" onClick={() => setAsking(true)}>
        Go to Free
      </Button>
      {asking ? <CancelDialog billing={billing} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

interface SoldActionProps {
  billing: Billing;
  plan: SoldPlan;
  interval: BillingInterval;
  disabled: boolean;
}

function SoldAction({ billing, plan, interval, disabled }: SoldActionProps) {
  const [asking, setAsking] = useState(false);
  const { subscription, mayTry } = billing;
  const { name, trialDays } = PLANS[plan];
  if (!isUnderWay(subscription))
    return (
      <CheckoutButton
        plan={plan}
        interval={interval}
        label={mayTry && trialDays > 0 ? `Try ${name} for ${trialDays} days` : `Choose ${name}`}
      />
    );
  if (subscription.plan === plan && subscription.interval === interval) return <YourPlan />;
  const label =
    subscription.plan === plan
      ? interval === 'year'
        ? 'Pay by the year'
        : 'Pay by the month'
      : `Change to ${name}`;
  return (
    <>
      <Button variant="primary" className="w-full" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking ? (
        <ChangeDialog
          subscription={subscription}
          plan={plan}
          interval={interval}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

const YourPlan = () => (
  <p className="flex h-8 items-center justify-center rounded-md bg-muted font-medium text-foreground-muted text-ui">
    Your plan
  </p>
);

function CheckoutButton({
  plan,
  interval,
  label,
}: {
  plan: SoldPlan;
  interval: BillingInterval;
  label: string;
}) {
  const trpc = useTRPC();
  const checkout = useMutation(
    trpc.billing.checkout.mutationOptions({ onSuccess: ({ url }) => location.assign(url) }),
  );
  return (
    <Button
      variant="primary"
      className="w-full"
      pending={checkout.isPending || checkout.isSuccess}
      onClick={() => checkout.mutate({ plan, interval })}
    >
      {label}
    </Button>
  );
}
