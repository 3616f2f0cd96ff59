import type Stripe from 'stripe';
import { db, getPool } from '../db.ts';
import { log } from '../log.ts';
import { PURGED_MARK, WORKSPACE_MARK } from './customers.ts';
import { isBillingConfigured, withStripe } from './gateway.ts';
import { countedBy } from './overage.ts';
import { differencesOf, type SubscriptionState } from './policy.ts';
import { readState, syncWorkspace } from './sync.ts';

/** Something that is said differently here and in Stripe. `workspaceId` null: no workspace of ours. */
export interface Difference {
  workspaceId: string | null;
  customerId: string;
  field: string;
  here: unknown;
  inStripe: unknown;
  repaired: boolean;
}

const PAGE = 200;

/**
 * Compares every customer, what was reported of their usage, and all customers of Stripe that name a workspace. Subscriptions
 * that differ are put right unless it is a `dryRun`; the rest is for people. Answers what differs, and logs it.
 */
export async function reconcileBilling({ dryRun = false } = {}): Promise<Difference[]> {
  if (!isBillingConfigured()) return [];
  const differences: Difference[] = [];
  await withStripe(async (stripe) => {
    for await (const row of allCustomers()) differences.push(...(await compare(stripe, row, dryRun)));
    differences.push(...(await compareUsage(stripe)), ...(await findStrangers(stripe)));
  });
  for (const difference of differences) log.warn(difference, 'billing: Stripe says something else');
  return differences;
}

type Row = SubscriptionState & { workspaceId: string; customerId: string };

async function* allCustomers(): AsyncGenerator<Row> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db().subscription.findMany({
      where: { workspaceId: { gt: after } },
      orderBy: { workspaceId: 'asc' },
      take: PAGE,
    });
    yield* rows as Row[];
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.workspaceId;
  }
}

async function compare(stripe: Stripe, row: Row, dryRun: boolean): Promise<Difference[]> {
  const { workspaceId, customerId } = row;
  const state = await readState(stripe, customerId);
  // a trial stays used, also when Stripe has forgotten who had it
  const said = { ...state, trialUsedAt: state.trialUsedAt ?? row.trialUsedAt };
  const found = differencesOf(row, said).map((one) => ({
    workspaceId,
    customerId,
    ...one,
    repaired: !dryRun,
  }));
  if (found.length > 0 && !dryRun) await syncWorkspace(workspaceId);
  return found;
}

/** Months of which something was reported, as long as a correction is possible. Nobody repairs these: it is about money that was billed. */
async function compareUsage(stripe: Stripe): Promise<Difference[]> {
  const { rows } = await getPool().query<Usage>(
    `select u.workspace_id as "workspaceId", s.customer_id as "customerId", u.starts_at as "startsAt", u.ends_at as "endsAt",
       u.overage_reported as reported
     from usage_period u join subscription s on s.workspace_id = u.workspace_id
     where u.ends_at > now() - interval '35 days' and u.overage_reported > 0 and u.overage_reporting is null`,
  );
  const differences: Difference[] = [];
  for (const { workspaceId, customerId, reported, ...month } of rows) {
    const counted = await countedBy(stripe, { customerId, ...month });
    if (counted === reported) continue;
    const field = `overage since ${month.startsAt.toISOString()}`;
    differences.push({ workspaceId, customerId, field, here: reported, inStripe: counted, repaired: false });
  }
  return differences;
}

interface Usage {
  workspaceId: string;
  customerId: string;
  startsAt: Date;
  endsAt: Date;
  reported: number;
}

/** Customers that name a workspace which has another customer, or is not there; those of purged workspaces may stay. */
async function findStrangers(stripe: Stripe): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const { id, metadata } of stripe.customers.list({ limit: 100 })) {
    const named = metadata[WORKSPACE_MARK];
    if (!named || metadata[PURGED_MARK]) continue;
    const known = await db().subscription.findUnique({
      where: { customerId: id },
      select: { workspaceId: true },
    });
    if (known?.workspaceId === named) continue;
    const here = known?.workspaceId ?? null;
    differences.push({
      workspaceId: here,
      customerId: id,
      field: 'customer',
      here,
      inStripe: named,
      repaired: false,
    });
  }
  return differences;
}
