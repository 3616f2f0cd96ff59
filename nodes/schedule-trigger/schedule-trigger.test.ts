import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { scheduleTriggerNode } from './execute.ts';
import { type CronRule, nextTime, toCronRules } from './rules.ts';

test.each<[JsonObject, CronRule | undefined]>([
  [{}, { cron: '0 0 * * *' }],
  [{ unit: 'seconds', every: 3 }, { cron: '*/10 * * * * *' }],
  [{ unit: 'seconds', every: 45 }, { everyMs: 45_000 }],
  [{ unit: 'minutes', every: 5 }, { cron: '*/5 * * * *' }],
  [{ unit: 'minutes', every: 7 }, { everyMs: 420_000 }],
  [{ unit: 'hours', every: 6, minute: 15 }, { cron: '15 */6 * * *' }],
  [
    { unit: 'days', every: 3, hour: 9, minute: 30 },
    { cron: '30 9 * * *', everyNth: { unit: 'days', count: 3 } },
  ],
  [{ unit: 'weeks', every: 1, weekdays: 'Monday, fri, 0', hour: 8 }, { cron: '0 8 * * 0,1,5' }],
  [{ unit: 'months', every: 1, dayOfMonth: 31 }, { cron: '0 0 31 * *' }],
  [{ mode: 'cron', cron: ' 0 9 * * 1-5 ' }, { cron: '0 9 * * 1-5' }],
  [{ mode: 'cron', cron: '' }, undefined],
  [{ mode: 'once', at: '2027-01-31T09:00' }, { at: '2027-01-31T09:00' }],
])('%j', (row, expected) => expect(toCronRules({ rules: [row] })).toEqual(expected ? [expected] : []));

test('a new node runs daily', () => expect(toCronRules({})).toEqual([{ cron: '0 0 * * *' }]));

const at = (iso: string) => Date.parse(iso);
test.each<[CronRule, string, string, string | null]>([
  [{ cron: '0 9 * * *' }, '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T07:00:00Z'],
  [{ everyMs: 420_000 }, '1970-01-01T00:00:00Z', 'UTC', '1970-01-01T00:07:00Z'],
  [{ at: '2027-01-31T09:00' }, '2026-01-01T00:00:00Z', 'Europe/Berlin', '2027-01-31T08:00:00Z'],
  [{ at: '2020-01-31T09:00' }, '2026-01-01T00:00:00Z', 'UTC', null],
  [
    { cron: '0 0 * * 1', everyNth: { unit: 'weeks', count: 2 } },
    '1970-01-06T00:00:00Z',
    'UTC',
    '1970-01-19T00:00:00Z',
  ],
  [
    { cron: '0 0 1 * *', everyNth: { unit: 'months', count: 5 } },
    '2026-01-02T00:00:00Z',
    'UTC',
    '2026-04-01T00:00:00Z',
  ],
])('%j after %s', (rule, after, zone, expected) => {
  const next = nextTime(rule, at(after), zone);
  expect(next === null ? null : new Date(next).toISOString()).toBe(
    expected === null ? null : new Date(expected).toISOString(),
  );
});

test('starts with the time in the workflow’s zone', async () => {
  const result = await runNode(scheduleTriggerNode, {
    now: Date.UTC(2026, 10, 21, 15, 4, 5),
    timezone: 'America/New_York',
  });
  expect(jsonOf(result)[0]).toMatchObject({
    timestamp: '2026-11-21T10:04:05.000-05:00',
    'Readable date': 'November 21st 2026, 10:04:05 am',
    'Day of week': 'Saturday',
    Hour: '10',
    Timezone: 'America/New_York (UTC-05:00)',
  });
});

test('passes given items on', async () => {
  expect(jsonOf(await runNode(scheduleTriggerNode, { items: [{ a: 1 }] }))).toEqual([{ a: 1 }]);
});
