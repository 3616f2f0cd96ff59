'use client';
import { useMutation } from '@tanstack/react-query';
import { CreditCard } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { Billing } from '#server/billing/schema.ts';
import { PLANS } from '#server/plans/schema.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { isUnderWay, planState } from './plan-state.ts';
import { PortalButton } from './portal-button.tsx';
import { usePlanChanged } from './use-plan-changed.ts';

/** Which plan holds, in which state it is, and what can be done about it. */
export function CurrentPlanCard({ billing }: { billing: Billing }) {
  const path = useWorkspacePath();
  const { plan, subscription, configured } = billing;
  const { badge, text, todo } = planState(billing, Date.now());
  const { name, tagline } = PLANS[plan];
  return (
    <Card aria-label="Your plan" className="flex flex-col gap-4 p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="text-foreground-muted text-ui">Your plan</h2>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-semibold text-2xl tracking-tight">{name}</span>
            {badge ? <Badge tone={badge.tone}>{badge.text}</Badge> : null}
          </p>
          <p className="mt-1 max-w-2xl text-foreground-muted text-ui">
            {configured
              ? text || tagline
              : `${tagline} The operator of this system decides on the plan; nothing is sold here.`}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button asChild>
            <Link href={path('usage')}>See the usage</Link>
          </Button>
          {todo === 'keep' ? <KeepButton name={PLANS[subscription?.plan ?? plan].name} /> : null}
          {todo === 'pay' ? (
            <PortalButton variant="primary">
              <CreditCard />
              Settle the payment
            </PortalButton>
          ) : null}
        </div>
      </div>
      {configured && subscription ? (
        <div className="flex flex-wrap items-center gap-2 border-border border-t pt-4">
          <PortalButton>Card, address, tax id</PortalButton>
          {isUnderWay(subscription) && subscription.cancelAt === null ? (
            <CancelButton billing={billing} />
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}

function CancelButton({ billing }: { billing: Billing }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setAsking(true)}>
        Cancel the plan…
      </Button>
      {asking ? <CancelDialog billing={billing} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function KeepButton({ name }: { name: string }) {
  const trpc = useTRPC();
  const changed = usePlanChanged();
  const resume = useMutation(
    trpc.billing.resume.mutationOptions({
      onSuccess: () => toast.success(`${name} goes on.`),
      onSettled: changed,
    }),
  );
  return (
    <Button variant="primary" pending={resume.isPending} onClick={() => resume.mutate()}>
      Keep the plan
    </Button>
  );
}
