'use client';
import { Page } from '#components/layout/page.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { CurrentPlanCard } from './current-plan-card.tsx';
import { InvoicesCard } from './invoices-card.tsx';
import { OverageCard } from './overage-card.tsx';
import { PlanChooser } from './plan-chooser.tsx';
import { PlanLimitsCard } from './plan-limits-card.tsx';
import { useBackFromStripe } from './use-back-from-stripe.ts';
import { useBilling } from './use-billing.ts';

const ABOUT = 'The plan of this workspace, and what it costs.';

export function BillingPage() {
  const may = useMay();
  if (!may.administer)
    return (
      <Page title="Billing" description={ABOUT}>
        <Card>
          <EmptyState title="For owners and admins">
            They choose the plan and see the invoices. What the workspace uses of it is on the usage page, for
            everybody.
          </EmptyState>
        </Card>
      </Page>
    );
  return <BillingParts />;
}

function BillingParts() {
  const billing = useBilling();
  const arriving = useBackFromStripe();
  if (billing.isPending || arriving)
    return (
      <Page title="Billing" description={ABOUT}>
        <Card>
          <ListSkeleton label={arriving ? 'Asking Stripe for the news' : 'Loading the plan'} />
        </Card>
      </Page>
    );
  if (!billing.data)
    return (
      <Page title="Billing" description={ABOUT}>
        <QueryError error={billing.error} onRetry={() => billing.refetch()} />
      </Page>
    );
  const { configured, subscription, overridden } = billing.data;
  return (
    <Page title="Billing" description={ABOUT}>
      <div className="flex flex-col gap-5">
        <CurrentPlanCard billing={billing.data} />
        {configured && !overridden ? <PlanChooser billing={billing.data} /> : null}
        {configured ? <OverageCard billing={billing.data} /> : null}
        {configured && !overridden ? null : <PlanLimitsCard plan={billing.data.plan} />}
        {configured || subscription ? <InvoicesCard /> : null}
      </div>
    </Page>
  );
}
