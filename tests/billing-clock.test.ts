import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncWorkspace } from '#server/billing/sync.ts';
import { db } from '#server/db.ts';
import { openPeriods } from '#server/usage/periods.ts';
import { monthOf } from '#server/usage/policy.ts';
import { type BillingWorld, DAY, pay, planOf, rowOf, startBilling } from './support/billing.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

const at = (text: string) => Date.parse(text) / 1000;
const NOW = Math.floor(Date.now() / 1000);

let world: BillingWorld;
beforeAll(async () => {
  world = await startBilling({ now: at('2024-01-31T10:00:00Z') }); // years pass until today, and all of them are billed
});
afterAll(() => world.stop());

/** Somebody who tries a plan from today on, by Stripe's clock. */
async function trier(): Promise<Person & { customerId: string }> {
  const person = await createPerson('Trier');
  await pay((await person.caller().billing.checkout({ plan: 'pro', interval: 'month' })).url);
  await syncWorkspace(person.workspaceId);
  return { ...person, customerId: (await rowOf(person)).customerId };
}
const periodOf = async ({ workspaceId }: Person) => {
  await openPeriods([workspaceId]);
  return db().usagePeriod.findFirstOrThrow({ where: { workspaceId, endsAt: { gt: new Date() } } });
};

it('months of usage are those of Stripe, wherever they begin; a trial and days of grace end when they should', async () => {
  const { clock } = world.fake.control;
  const onThe31st = await world.subscriber();
  await clock({ to: at('2024-02-29T12:00:00Z') });
  const onFeb29 = await world.subscriber({ interval: 'year' });

  // month after month: both count the same, also where a month has no such day
  for (let now = at('2024-03-15T00:00:00Z'); now < at('2026-04-01T00:00:00Z'); now += 27 * DAY) {
    await clock({ to: now });
    await syncWorkspace(onThe31st.workspaceId);
    const row = await rowOf(onThe31st);
    expect(monthOf(row.billingAnchor!, new Date(now * 1000))).toEqual({
      startsAt: row.currentPeriodStart,
      endsAt: row.currentPeriodEnd,
    });
  }

  world.fake.control.settings({ afterRetries: 'past_due' });
  const graceIsOver = await startTrial(NOW - 40 * DAY);
  const inGrace = await startTrial(NOW - 20 * DAY);
  const paying = await startTrial(NOW - 15 * DAY, 'good');
  const stillTrying = await startTrial(NOW - 13 * DAY);
  await clock({ to: NOW });
  for (const { workspaceId } of [onThe31st, onFeb29, graceIsOver, inGrace, stillTrying, paying])
    await syncWorkspace(workspaceId);

  // bought for a year on February 29: billed on February 28 until there is a 29th again, used by months of the 29th
  expect((await rowOf(onFeb29)).currentPeriodEnd).toEqual(yearlyEnd());
  expect((await periodOf(onFeb29)).endsAt).toEqual(
    monthOf(new Date('2024-02-29T12:00:00Z'), new Date()).endsAt,
  );
  expect((await periodOf(onThe31st)).endsAt).toEqual((await rowOf(onThe31st)).currentPeriodEnd);

  expect([(await rowOf(graceIsOver)).status, await planOf(graceIsOver)]).toEqual(['past_due', 'free']);
  expect([(await rowOf(inGrace)).status, await planOf(inGrace)]).toEqual(['past_due', 'pro']);
  expect([(await rowOf(stillTrying)).status, await planOf(stillTrying)]).toEqual(['trialing', 'pro']);
  expect([(await rowOf(paying)).status, await planOf(paying)]).toEqual(['active', 'pro']);

  async function startTrial(when: number, outcome: 'good' | 'generic_decline' = 'generic_decline') {
    await clock({ to: when });
    const person = await trier();
    world.fake.control.card({ customer: person.customerId, outcome });
    return person;
  }
});

/** The next end of a year that began on February 29, 2024 at noon. */
function yearlyEnd(): Date {
  for (let year = 2025; ; year++) {
    const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
    const end = new Date(Date.UTC(year, 1, isLeap ? 29 : 28, 12));
    if (end.getTime() > Date.now()) return end;
  }
}
