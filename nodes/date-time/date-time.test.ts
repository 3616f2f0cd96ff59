import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { dateTimeNode } from './execute.ts';

const ROME = 'Europe/Rome';
const run = async (parameters: JsonObject, timezone = ROME) =>
  jsonOf(
    await runNode(dateTimeNode, {
      parameters,
      items: [{ id: 1 }],
      timezone,
      now: Date.UTC(2026, 1, 28, 23, 30),
    }),
  )[0]!;
const only = { options: { onlyResult: true } };

test('puts the current date into the item, in the zone of the workflow or another', async () => {
  expect(await run({})).toEqual({ id: 1, currentDate: '2026-03-01T00:30:00.000+01:00' });
  expect(await run({ includeTime: false, ...only })).toEqual({
    currentDate: '2026-03-01T00:00:00.000+01:00',
  });
  expect(await run({ output: 'at.now', options: { zone: 'UTC' } })).toEqual({
    id: 1,
    at: { now: '2026-02-28T23:30:00.000Z' },
  });
});

test.each<[string, JsonObject, unknown]>([
  ['adds', { operation: 'add', amount: 2 }, '2026-03-29T10:00:00.000+02:00'],
  ['adds months', { operation: 'add', amount: 1, unit: 'months' }, '2026-04-27T10:00:00.000+02:00'],
  ['subtracts', { operation: 'subtract', amount: 1, unit: 'quarters' }, '2025-12-27T10:00:00.000+01:00'],
  [
    'adds hours across the change of clocks',
    { operation: 'add', amount: 48, unit: 'hours' },
    '2026-03-29T11:00:00.000+02:00',
  ],
  ['rounds down', { operation: 'round', unit: 'day' }, '2026-03-27T00:00:00.000+01:00'],
  ['rounds up', { operation: 'round', unit: 'month', direction: 'up' }, '2026-04-01T00:00:00.000+02:00'],
  [
    'leaves what is exact',
    { operation: 'round', unit: 'hour', direction: 'up' },
    '2026-03-27T10:00:00.000+01:00',
  ],
  [
    'rounds to the end',
    { operation: 'round', unit: 'month', direction: 'end' },
    '2026-03-31T23:59:59.999+02:00',
  ],
  ['gives the month', { operation: 'extract' }, 3],
  ['gives the hour in the zone', { operation: 'extract', part: 'hour' }, 10],
  ['gives the week', { operation: 'extract', part: 'week' }, 13],
  ['gives the weekday', { operation: 'extract', part: 'weekday' }, 5],
  ['formats', { operation: 'format' }, '2026-03-27'],
  ['formats in words', { operation: 'format', style: 'long' }, 'March 27 2026'],
  [
    'formats your way',
    { operation: 'format', style: 'custom', pattern: "ccc d.M. 'at' HH:mm" },
    'Fri 27.3. at 10:00',
  ],
  ['formats as a timestamp', { operation: 'format', style: 'seconds' }, 1774602000],
  ['formats as ISO', { operation: 'format', style: 'iso' }, '2026-03-27T10:00:00.000+01:00'],
])('%s', async (_name, parameters, expected) => {
  const result = await run({ date: '2026-03-27T09:00:00Z', ...only, ...parameters, output: 'x' });
  expect(result).toEqual({ x: expected });
});

test('keeps the zone that a date names, if told so', async () => {
  const format = {
    operation: 'format',
    style: 'custom',
    pattern: 'HH:mm',
    output: 'x',
    date: '2026-01-01T23:00:00-05:00',
  };
  expect(await run({ ...format, options: { onlyResult: true } })).toEqual({ x: '05:00' });
  expect(await run({ ...format, options: { onlyResult: true, keepZone: true } })).toEqual({ x: '23:00' });
});

test.each<[string, JsonObject, unknown]>([
  ['days', {}, { days: 31 }],
  ['several units', { units: 'months, day,hours' }, { months: 1, days: 0, hours: 12 }],
  ['units as a list', { units: '["hour"]' }, { hours: 743 }],
  ['as ISO text', { units: 'days', options: { iso: true } }, 'P30.5D'],
])('measures the time between dates in %s', async (_name, parameters, expected) => {
  const end = parameters.units === undefined ? '2026-04-01' : '2026-04-01T12:00';
  const start =
    parameters.units === '["hour"]' ? '2026-03-01T12:00' : parameters.options ? '2026-03-02' : '2026-03-01';
  const { timeDifference } = await run({ operation: 'difference', start, end, ...parameters });
  expect(timeDifference).toEqual(expected);
});

test.each([
  ['2026-02-03', '2026-02-03T00:00:00.000+01:00'],
  ['2026-02-03 04:05:06', '2026-02-03T04:05:06.000+01:00'],
  ['2026-02-03T04:05:06-05:00', '2026-02-03T10:05:06.000+01:00'],
  ['1770087906', '2026-02-03T04:05:06.000+01:00'],
  ['1770087906000', '2026-02-03T04:05:06.000+01:00'],
  ['1770087906.5', '2026-02-03T04:05:06.500+01:00'],
  ['20260203', '2026-02-03T00:00:00.000+01:00'],
  ['2026/2/3', '2026-02-03T00:00:00.000+01:00'],
  ['02/03/2026', '2026-02-03T00:00:00.000+01:00'],
  ['3.2.2026 4:05', '2026-02-03T04:05:00.000+01:00'],
  ['February 3, 2026', '2026-02-03T00:00:00.000+01:00'],
  ['3 Feb 2026, 4:05 PM', '2026-02-03T16:05:00.000+01:00'],
  ['Tue, 03 Feb 2026 03:05:06 GMT', '2026-02-03T04:05:06.000+01:00'],
  ['Tue Feb 03 2026 05:05:06 GMT+0200 (Eastern European Standard Time)', '2026-02-03T04:05:06.000+01:00'],
  ['Tue Feb 3 2026 04:05', '2026-02-03T04:05:00.000+01:00'],
])('understands %s', async (date, expected) => {
  expect((await run({ operation: 'format', style: 'iso', date })).formattedDate).toBe(expected);
});

test('reads dates the way it is told', async () => {
  const options = { fromFormat: 'dd/MM/yy HH:mm', fromZone: 'America/New_York' };
  expect(
    (await run({ operation: 'format', style: 'iso', date: '03/02/26 04:05', options })).formattedDate,
  ).toBe('2026-02-03T10:05:00.000+01:00');
});

test('an empty date stays empty when formatted, and is an error elsewhere', async () => {
  expect((await run({ operation: 'format', date: '' })).formattedDate).toBeNull();
  await expect(run({ operation: 'extract', date: ' ' })).rejects.toThrow('The date is empty.');
});

test.each<[JsonObject, string]>([
  [{ operation: 'add', date: 'tomorrow' }, 'date'],
  [{ operation: 'difference', start: '2026-01-01', end: 'never' }, 'end'],
  [{ operation: 'difference', start: '2026-01-01', end: '2026-01-02', units: 'fortnights' }, 'units'],
  [{ options: { zone: 'Mars/Olympus' } }, 'options.zone'],
  [{ operation: 'add', date: '2026-01-01', options: { fromZone: 'x' } }, 'options.fromZone'],
  [{ operation: 'add', date: '2026-01-01', options: { fromFormat: 'dd.MM.yyyy' } }, 'date'],
  [{ operation: 'add', date: '1', options: { fromFormat: 'yuyuyuyu' } }, 'options.fromFormat'],
  [{ operation: 'add', date: '1'.repeat(300) }, 'date'],
])('names the field that is wrong in %j', async (parameters, field) => {
  await expect(run(parameters)).rejects.toMatchObject({ data: { kind: 'config', field, itemIndex: 0 } });
});

test('n8n: version 2', () => {
  const options = { includeInputFields: true, timezone: true, fromFormat: 'yyyy' };
  expect(importNode('dateTime', 2, {}).parameters).toEqual({
    operation: 'current',
    output: 'currentDate',
    options: { onlyResult: true },
  });
  expect(
    importNode('dateTime', 2, { operation: 'subtractFromDate', magnitude: '={{ $json.d }}' }).parameters,
  ).toEqual({
    operation: 'subtract',
    date: '{{ $json.d }}',
    amount: 0,
    unit: 'days',
    output: 'newDate',
    options: { onlyResult: true, fromZone: 'UTC' },
  });
  expect(
    importNode('dateTime', 2, {
      operation: 'formatDate',
      date: 'd',
      format: 'custom',
      customFormat: 'X',
      options,
    }).parameters,
  ).toEqual({
    operation: 'format',
    date: 'd',
    style: 'custom',
    pattern: 'X',
    output: 'formattedDate',
    options: { fromFormat: 'yyyy', fromZone: 'UTC' },
  });
  expect(importNode('dateTime', 2, { operation: 'formatDate' }).parameters).toMatchObject({
    pattern: 'MM/dd/yyyy',
    options: { keepZone: true, onlyResult: true },
  });
  expect(importNode('dateTime', 2, { operation: 'roundDate', mode: 'roundUp' }).parameters).toMatchObject({
    direction: 'end',
    unit: 'month',
  });
  expect(
    importNode('dateTime', 2, {
      operation: 'getTimeBetweenDates',
      units: ['day', 'hour'],
      options: { isoString: true },
    }).parameters,
  ).toMatchObject({
    units: 'day, hour',
    options: { iso: true },
  });
  expect(importNode('dateTime', 2, { operation: 'extractDate' }).parameters).toMatchObject({
    part: 'month',
    output: 'datePart',
  });
});

test('n8n: version 1 writes patterns in other words', () => {
  const pattern = (toFormat?: string) => {
    const { parameters, status } = importNode('dateTime', 1, {
      value: 'v',
      ...(toFormat === undefined ? {} : { toFormat }),
    });
    return [(parameters as JsonObject).pattern, status];
  };
  expect(pattern()).toEqual(['MM/dd/yyyy', 'mapped']);
  expect(pattern('YYYY-MM-DD[T]HH:mm:ss.SSSZ')).toEqual(["yyyy-MM-dd'T'HH:mm:ss.SSSZZ", 'mapped']);
  expect(pattern('dddd, MMMM D YYYY, h:mm A')).toEqual(['cccc, MMMM d yyyy, h:mm a', 'mapped']);
  expect(pattern('Do MMM')).toEqual(['d MMM', 'approximated']);
  expect(pattern('x')).toEqual(['x', 'mapped']);
  expect(importNode('dateTime', 1, { value: 'v' }).parameters.options).toEqual({
    fromZone: 'UTC',
    zone: 'UTC',
  });
  expect(importNode('dateTime', 1, { options: { toTimezone: ROME } }).parameters.options).toEqual({
    zone: ROME,
  });
  const options = { fromFormat: 'DD.MM.YY', fromTimezone: 'UTC', toTimezone: ROME };
  expect(
    importNode('dateTime', 1, { value: 'v', dataPropertyName: 'a.b', options }).parameters,
  ).toMatchObject({
    operation: 'format',
    output: 'a.b',
    options: { fromFormat: 'dd.MM.yy', fromZone: 'UTC', zone: ROME },
  });
  expect(
    importNode('dateTime', 1, {
      action: 'calculate',
      value: 'v',
      duration: 5,
      operation: 'subtract',
      timeUnit: 'hours',
    }).parameters,
  ).toEqual({
    operation: 'subtract',
    date: 'v',
    amount: 5,
    unit: 'hours',
    output: 'data',
    options: { fromZone: 'UTC', zone: 'UTC' },
  });
});

test('of nothing makes nothing; an item that fails does not stop the others, if told so', async () => {
  expect(jsonOf(await runNode(dateTimeNode, { parameters: {}, items: [] }))).toEqual([]);
  const { outputs } = await runNode(dateTimeNode, {
    parameters: (item) => ({ operation: 'extract', part: 'year', date: item.json.d, ...only }),
    items: [{ d: 'x' }, { d: '2026-05-05' }],
    settings: { onError: 'continue' },
  });
  expect(outputs.main).toEqual([
    { json: { error: '“x” is no date.' }, source: { item: 0 } },
    { json: { datePart: 2026 }, source: { item: 1 } },
  ]);
});
