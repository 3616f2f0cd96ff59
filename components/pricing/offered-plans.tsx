import Link from 'next/link';
import { Button } from '#components/ui/button.tsx';
import { type BillingInterval, PLANS, SOLD_PLANS } from '#server/plans/schema.ts';
import { PlanCard } from './plan-card.tsx';
import { upgradePath } from './upgrade-path.ts';

interface OfferedPlansProps {
  interval: BillingInterval;
  signedIn: boolean;
  askUs: string | null;
}

/** A card for each plan with the way to it. */
export function OfferedPlans({ interval, signedIn, askUs }: OfferedPlansProps) {
  return (
    <section
      aria-labelledby="plans"
      className="mx-auto grid w-full max-w-6xl gap-4 px-4 sm:grid-cols-2 sm:px-8 lg:grid-cols-4"
    >
      <h2 id="plans" className="sr-only">
        Plans
      </h2>
      <PlanCard plan={PLANS.free} interval={interval}>
        <Button asChild className="w-full">
          <Link href={signedIn ? '/' : '/signup'}>{signedIn ? 'Open LinkFlow' : 'Start for free'}</Link>
        </Button>
      </PlanCard>
      {SOLD_PLANS.map((key) => (
        <PlanCard key={key} plan={PLANS[key]} interval={interval} recommended={key === 'pro'}>
          <Button asChild variant={key === 'pro' ? 'primary' : 'secondary'} className="w-full">
            <Link href={upgradePath({ interval, signedIn })}>
              {signedIn
                ? `Choose ${PLANS[key].name}`
                : `Try ${PLANS[key].name} for ${PLANS[key].trialDays} days`}
            </Link>
          </Button>
        </PlanCard>
      ))}
      <PlanCard plan={PLANS.enterprise} interval={interval}>
        {askUs ? (
          <Button asChild className="w-full">
            <a href={askUs}>Ask us</a>
          </Button>
        ) : (
          <p className="flex h-8 items-center justify-center rounded-md bg-muted text-foreground-muted text-ui">
            Ask the operator of this site
          </p>
        )}
      </PlanCard>
    </section>
  );
}
