import { expect, test } from 'vitest';
import { forecast, monthOf } from './policy.ts';

const at = (text: string) => new Date(text);
const month = (anchor: string, now: string) => {
  const { startsAt, endsAt } = monthOf(at(anchor), at(now));
  return `${startsAt.toISOString()} ${endsAt.toISOString()}`;
};

test.each([
  // an anchor on the last day: clamped where a month is shorter, back on its day afterwards
  ['2027-01-31T10:00:00Z', '2027-02-15T00:00:00Z', '2027-01-31T10:00:00.000Z 2027-02-28T10:00:00.000Z'],
  ['2027-01-31T10:00:00Z', '2027-03-01T00:00:00Z', '2027-02-28T10:00:00.000Z 2027-03-31T10:00:00.000Z'],
  ['2027-01-31T10:00:00Z', '2027-04-30T09:59:59Z', '2027-03-31T10:00:00.000Z 2027-04-30T10:00:00.000Z'],
  ['2027-01-31T10:00:00Z', '2027-04-30T10:00:00Z', '2027-04-30T10:00:00.000Z 2027-05-31T10:00:00.000Z'],
  ['2027-01-30T00:00:00Z', '2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z 2028-03-30T00:00:00.000Z'],
  // bought for a year on February 29
  ['2028-02-29T12:00:00Z', '2029-02-28T11:59:59Z', '2029-01-29T12:00:00.000Z 2029-02-28T12:00:00.000Z'],
  ['2028-02-29T12:00:00Z', '2029-02-28T12:00:00Z', '2029-02-28T12:00:00.000Z 2029-03-29T12:00:00.000Z'],
  ['2028-02-29T12:00:00Z', '2032-02-29T12:00:00Z', '2032-02-29T12:00:00.000Z 2032-03-29T12:00:00.000Z'],
  // the first moment is in it, the last is not
  ['2027-05-15T00:00:00Z', '2027-05-15T00:00:00Z', '2027-05-15T00:00:00.000Z 2027-06-15T00:00:00.000Z'],
  ['2027-05-15T00:00:00Z', '2027-06-14T23:59:59.999Z', '2027-05-15T00:00:00.000Z 2027-06-15T00:00:00.000Z'],
  // months before the anchor, for a clock that was set back
  ['2027-05-15T00:00:00Z', '2027-04-20T00:00:00Z', '2027-04-15T00:00:00.000Z 2027-05-15T00:00:00.000Z'],
])('a month that is counted from %s and has %s in it', (anchor, now, expected) => {
  expect(month(anchor, now)).toBe(expected);
});

test('a summer time somewhere moves nothing: months are in UTC', () => {
  // in Berlin clocks go forward on March 28, in New York on March 14
  expect(month('2027-03-10T01:30:00+01:00', '2027-04-01T00:00:00Z')).toBe(
    '2027-03-10T00:30:00.000Z 2027-04-10T00:30:00.000Z',
  );
});

test('months follow each other without gap or overlap, wherever they begin', () => {
  for (let day = 0; day < 366; day += 7) {
    const anchor = new Date(Date.UTC(2027, 0, 1, 13, 7) + day * 86_400_000);
    let now = anchor;
    for (let i = 0; i < 27; i++) {
      const { startsAt, endsAt } = monthOf(anchor, now);
      expect(startsAt.getTime()).toBe(now.getTime());
      expect(monthOf(anchor, new Date(endsAt.getTime() - 1)).startsAt).toEqual(startsAt);
      now = endsAt;
    }
  }
});

test('a forecast goes on as it was, and never below what is used', () => {
  const days = (n: number) => new Date(Date.UTC(2027, 3, 1) + n * 86_400_000);
  const april = { startsAt: days(0), endsAt: days(30) };
  expect(forecast(april, 100, days(10))).toBe(300);
  expect(forecast(april, 100, days(30))).toBe(100);
  expect(forecast(april, 100, days(0.4))).toBeNull();
});
