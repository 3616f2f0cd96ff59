import type { Metadata } from 'next';
import { PublicFrame } from '#components/landing/public-frame.tsx';
import { NothingSold } from '#components/pricing/nothing-sold.tsx';
import { PricingPage } from '#components/pricing/pricing-page.tsx';
import { getSession } from '#server/auth/session.ts';
import { isBillingConfigured } from '#server/billing/gateway.ts';
import { env } from '#server/env.ts';

export const metadata: Metadata = {
  title: 'Pricing',
  description: 'What each plan of LinkFlow has, and what it costs.',
};

export default async function Page() {
  const signedIn = (await getSession()) !== null;
  const sells = isBillingConfigured();
  const email = env().LINKFLOW_SALES_EMAIL;
  const askUs = email ? `mailto:${email}?subject=LinkFlow%20Enterprise` : null;
  return (
    <PublicFrame signedIn={signedIn} sells={sells}>
      {sells ? <PricingPage signedIn={signedIn} askUs={askUs} /> : <NothingSold signedIn={signedIn} />}
    </PublicFrame>
  );
}
