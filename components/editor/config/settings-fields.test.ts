import { expect, test } from 'vitest';
import { type RetrySettings, retrySchema } from '#engine/workflow.ts';
import { describePauses } from './settings-fields.ts';

test.each<[Partial<RetrySettings>, string]>([
  [{}, 'With the first one. Pauses: up to 1.0 s, 2.0 s.'],
  [
    { jitter: false, maxAttempts: 5, maxDelayMs: 3_000 },
    'With the first one. Pauses: 1.0 s, 2.0 s, 3.0 s, 3.0 s.',
  ],
  [
    { jitter: false, backoff: 'fixed', delayMs: 120_000 },
    'With the first one. Pauses: 1 min 0 s, 1 min 0 s.',
  ],
  [
    { jitter: false, backoff: 'fixed', delayMs: 500, maxAttempts: 20 },
    'With the first one. Pauses: 500 ms, 500 ms, 500 ms, 500 ms, 500 ms, 500 ms, …',
  ],
  [{ maxAttempts: 1 }, 'Only the first one: it is not tried again.'],
])('%j reads “%s”', (settings, text) => {
  expect(describePauses(retrySchema.parse(settings))).toBe(text);
});
