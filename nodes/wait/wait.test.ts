import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { runNode } from '../testing.ts';
import { waitNode } from './execute.ts';

const now = Date.UTC(2026, 0, 1, 12);

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
  const result = await runNode(waitNode, { parameters, now, timezone: 'Europe/Berlin', items: [{ a: 1 }] });
  expect(result.outputs.main!.length).toBe(1);
  expect(result.wait).toEqual(until === undefined ? undefined : { until, completeWithOutputs: true });
});

test('a date that is none is the field’s fault', async () => {
  await expect(runNode(waitNode, { parameters: { mode: 'until', until: 'tomorrow' } })).rejects.toMatchObject(
    {
      data: { kind: 'config', field: 'until' },
    },
  );
});
