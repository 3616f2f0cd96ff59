'use client';
import { useState } from 'react';
import type { BillingInterval } from '#server/plans/schema.ts';
import { IntervalSwitch } from './interval-switch.tsx';
import { OfferedPlans } from './offered-plans.tsx';
import { PlanTable } from './plan-table.tsx';
import { PricingFaq } from './pricing-faq.tsx';

interface PricingPageProps {
  signedIn: boolean;
  /** Where to ask for what is not sold by itself: a mailto: or https: address. */
  askUs: string | null;
}

/** What each plan costs and has. Everything on it comes from the table of plans. */
export function PricingPage(props: PricingPageProps) {
  const [interval, setInterval] = useState<BillingInterval>('month');
  return (
    <>
      <section className="mx-auto flex w-full max-w-3xl flex-col items-center px-4 pt-10 pb-8 text-center sm:pt-16">
        <h1 className="font-semibold text-4xl tracking-[-0.03em] sm:text-5xl">
          Pay for what starts, not for each step
        </h1>
        <p className="mt-4 max-w-xl text-base text-foreground-muted sm:text-lg">
          One execution is one start of a workflow, however many steps it has. Trying things out is always
          free.
        </p>
        <div className="mt-7">
          <IntervalSwitch value={interval} onValueChange={setInterval} />
        </div>
      </section>
      <OfferedPlans interval={interval} {...props} />
      <PlanTable interval={interval} />
      <PricingFaq askUs={props.askUs} />
    </>
  );
}
