import type Stripe from 'stripe';
import { getPool } from '../db.ts';
import { log } from '../log.ts';
import { loadCatalog, METER_EVENT } from './catalog.ts';
import { isBillingConfigured, stripeErrorOf, withStripe } from './gateway.ts';

interface Period {
  workspaceId: string;
  customerId: string;
  startsAt: Date;
  endsAt: Date;
  reported: number;
  /** How far a report goes that is under way, or was when somebody crashed. */
  reporting: number | null;
  /** Executions that are to be paid for. */
  owed: number;
}

/** Stripe takes nothing that is older. */
const MAX_AGE_DAYS = 34;

const OWED = 'least(u.used - month_room(u.included, u.credit, u.covered), u.overage)';
/** Of months under way and over, where more is owed than was reported. */
const DUE = `
  select u.workspace_id as "workspaceId", s.customer_id as "customerId", u.starts_at as "startsAt", u.ends_at as "endsAt",
    u.overage_reported as reported, u.overage_reporting as reporting, ${OWED} as owed
  from usage_period u join subscription s on s.workspace_id = u.workspace_id
  where u.ends_at > now() - make_interval(days => ${MAX_AGE_DAYS})
    and (u.overage_reporting is not null or (s.metered and ${OWED} > u.overage_reported))
  order by u.ends_at, u.workspace_id`;

/**
 * Tells Stripe of executions beyond those of the plans. What a report says is committed before it is sent, under a name that
 * Stripe counts once: after a crash it is sent again as it was. One workspace that fails does not hold up the others; then it
 * throws in the end.
 */
export async function reportOverage(): Promise<void> {
  if (!isBillingConfigured()) return;
  const { rows } = await getPool().query<Period>(DUE);
  let failed = 0;
  for (const period of rows)
    try {
      await withStripe((stripe) => reportPeriod(stripe, period));
    } catch (error) {
      failed += 1;
      log.warn({ error, workspaceId: period.workspaceId }, 'usage could not be reported to Stripe');
    }
  if (failed > 0) throw new Error(`The usage of ${failed} workspaces could not be reported.`);
}

async function reportPeriod(stripe: Stripe, period: Period): Promise<void> {
  if (period.reporting !== null) await finishReport(stripe, period, period.reporting);
  const reported = period.reporting ?? period.reported;
  if (period.owed <= reported) return;
  const next = { ...period, reported };
  if (!(await announce(next))) return; // somebody else was quicker, and reports it
  await send(stripe, next, period.owed);
  await settle(next, period.owed);
}

/** Sends what was under way; an old one only if Stripe does not have it, for names are remembered there for a day or so. */
async function finishReport(stripe: Stripe, period: Period, to: number): Promise<void> {
  const counted = await countedBy(stripe, period);
  if (counted === null || counted < to) await send(stripe, period, to);
  await settle(period, to);
}

async function announce({ workspaceId, startsAt, reported, owed }: Period): Promise<boolean> {
  const { rowCount } = await getPool().query(
    `update usage_period set overage_reporting = $4
     where workspace_id = $1 and starts_at = $2 and overage_reported = $3 and overage_reporting is null`,
    [workspaceId, startsAt, reported, owed],
  );
  return rowCount === 1;
}

async function settle({ workspaceId, startsAt, reported }: Period, to: number): Promise<void> {
  await getPool().query(
    `update usage_period set overage_reported = $4, overage_reporting = null
     where workspace_id = $1 and starts_at = $2 and overage_reported = $3 and overage_reporting = $4`,
    [workspaceId, startsAt, reported, to],
  );
}

async function send(stripe: Stripe, period: Period, to: number): Promise<void> {
  const { workspaceId, customerId, startsAt, reported } = period;
  const identifier = `${workspaceId}:${startsAt.toISOString()}:${reported}-${to}`;
  try {
    // no idempotency key of ours: the same one with another time would be refused, and the identifier counts once anyway
    await stripe.billing.meterEvents.create({
      event_name: METER_EVENT,
      identifier,
      timestamp: timeIn(period),
      payload: { stripe_customer_id: customerId, value: String(to - reported) },
    });
  } catch (error) {
    if (!isCountedAlready(error)) throw error;
  }
}

const isCountedAlready = (error: unknown): boolean =>
  stripeErrorOf(error)?.type === 'StripeInvalidRequestError' &&
  /already exists with identifier/i.test(stripeErrorOf(error)!.message);

/** Now, or shortly before the month’s end; whole minutes before it, since that is how Stripe sums up. */
const timeIn = ({ startsAt, endsAt }: Pick<Period, 'startsAt' | 'endsAt'>): number =>
  Math.floor(Math.max(startsAt.getTime(), Math.min(Date.now(), endsAt.getTime() - 60_000)) / 1000);

/** What Stripe has counted in a month of usage; null where it has no meter. */
export async function countedBy(
  stripe: Stripe,
  { customerId, startsAt, endsAt }: Pick<Period, 'customerId' | 'startsAt' | 'endsAt'>,
): Promise<number | null> {
  const { meterId } = await loadCatalog(stripe);
  if (!meterId) return null;
  const minute = (time: Date) => Math.floor(time.getTime() / 60_000) * 60;
  if (minute(startsAt) >= minute(endsAt)) return 0; // a month that a change of plan ended at once
  const { data } = await stripe.billing.meters.listEventSummaries(meterId, {
    customer: customerId,
    start_time: minute(startsAt),
    end_time: minute(endsAt),
  });
  return data.reduce((sum, { aggregated_value }) => sum + aggregated_value, 0);
}
