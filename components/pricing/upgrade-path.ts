import type { BillingInterval } from '#server/plans/schema.ts';

/** To the plans of one's own workspace, by way of a new account for those who have none. */
export function upgradePath({
  interval,
  signedIn,
}: {
  interval: BillingInterval;
  signedIn: boolean;
}): string {
  const target = `/upgrade?interval=${interval}`;
  return signedIn ? target : `/signup?${new URLSearchParams({ next: target })}`;
}
