import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { waitNode } from './execute.ts';

const now = Date.UTC(2026, 0, 1, 12);
const timezone = 'Europe/Berlin';

test.each<[JsonObject, number | undefined]>([
  [{}, now + 5000],
  [{ amount: 2, unit: 'hours' }, now + 7_200_000],
  [{ amount: 0 }, undefined],
  [{ mode: 'until', until: '2026-01-01T14:30' }, Date.UTC(2026, 0, 1, 13, 30)],
  [{ mode: 'until', until: '2026-01-01T14:30:00Z' }, Date.UTC(2026, 0, 1, 14, 30)],
  [{ mode: 'until', until: '2026-01-01 14:30:00' }, Date.UTC(2026, 0, 1, 13, 30)],
  [{ mode: 'until', until: String(now + 1000) }, now + 1000],
  [{ mode: 'until', until: '2020-01-01' }, undefined],
])('%j', async (parameters, until) => {
  const result = await runNode(waitNode, { parameters, now, timezone, items: [{ a: 1 }] });
  expect(result.outputs.main!.length).toBe(1);
  expect(result.wait).toEqual(until === undefined ? undefined : { until, completeWithOutputs: true });
});

test.each([
  [{ mode: 'until', until: 'tomorrow' }, 'until'],
  [{ amount: 800, unit: 'days' }, 'amount'],
  [{ mode: 'call', limit: 'duration', limitAmount: 800, limitUnit: 'days' }, 'limitAmount'],
  [{ mode: 'call', limit: 'until', limitUntil: 'tomorrow' }, 'limitUntil'],
])('%j is the field’s fault', async (parameters, field) => {
  await expect(runNode(waitNode, { parameters })).rejects.toMatchObject({ data: { kind: 'config', field } });
});

describe('until its address is called', () => {
  test.each<[JsonObject, number | null]>([
    [{}, null],
    [{ limit: 'duration' }, now + 3_600_000],
    [{ limit: 'duration', limitAmount: 2, limitUnit: 'days' }, now + 2 * 86_400_000],
    [{ limit: 'until', limitUntil: '2026-01-01T14:30' }, Date.UTC(2026, 0, 1, 13, 30)],
  ])('waits, limited by %j', async (limit, until) => {
    const result = await runNode(waitNode, { parameters: { mode: 'call', ...limit }, now, timezone });
    expect(result).toEqual({ outputs: {}, wait: { until, call: true, completeWithOutputs: false } });
  });

  const parameters = { mode: 'call', limit: 'duration' };

  test('goes on with what the caller sent', async () => {
    const data = { headers: {}, query: { ok: '1' }, body: { paid: true }, method: 'POST' };
    const result = await runNode(waitNode, { parameters, woken: { call: { data, at: now } } });
    expect(jsonOf(result)).toEqual([data]);
    expect(result.wait).toBeUndefined();
  });

  test('goes on with its input when nobody called', async () => {
    const result = await runNode(waitNode, {
      parameters,
      items: [{ a: 1 }, { a: 2 }],
      woken: { expired: true },
    });
    expect(jsonOf(result)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(result.wait).toBeUndefined();
  });
});
