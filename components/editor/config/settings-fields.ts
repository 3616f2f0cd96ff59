import { retryDelayMs } from '#engine/retry.ts';
import type { RetrySettings } from '#engine/workflow.ts';
import { formatDuration } from '#lib/format-time.ts';
import { field } from '#nodes/fields.ts';

const FIXED = { template: false } as const;
const RETRIES = { retries: [true] } as const;
const DAY_MS = 86_400_000;
const SHOWN_PAUSES = 6;

/** The settings that every node has, described like any node's fields. */
const FIELDS = {
  onError: field.select({
    label: 'When it fails',
    options: [
      { value: 'stop', label: 'Stop the execution' },
      { value: 'continue', label: 'Go on', help: 'The failed item goes on with an “error” field.' },
      {
        value: 'pass',
        label: 'Go on with its input',
        help: 'If the whole node fails, its items go on as they came.',
      },
      {
        value: 'error-port',
        label: 'Use an error output',
        help: 'Failed items leave by an output of their own.',
      },
    ],
    default: 'stop',
    ...FIXED,
  }),
  retries: field.boolean({
    label: 'Try again when it fails',
    help: 'Only failures that may pass by themselves: no connection, a time-out, 429 and 5xx. If the other side says when to come back (Retry-After), the node waits at least that long.',
    ...FIXED,
  }),
  maxAttempts: field.number({ label: 'Attempts', min: 1, max: 20, integer: true, showIf: RETRIES, ...FIXED }),
  backoff: field.select({
    label: 'Pauses',
    options: [
      { value: 'exponential', label: 'Double each time' },
      { value: 'fixed', label: 'Stay the same' },
    ],
    default: 'exponential',
    showIf: RETRIES,
    ...FIXED,
  }),
  delayMs: field.number({
    label: 'First pause (ms)',
    min: 0,
    max: DAY_MS,
    integer: true,
    showIf: RETRIES,
    ...FIXED,
  }),
  maxDelayMs: field.number({
    label: 'Longest pause (ms)',
    help: 'No pause is longer, unless the other side asks for it.',
    min: 0,
    max: DAY_MS,
    integer: true,
    showIf: RETRIES,
    ...FIXED,
  }),
  jitter: field.boolean({
    label: 'Vary the pauses',
    help: 'Each takes a random 50 to 100 % of its length, so that executions that failed together do not come back together.',
    showIf: RETRIES,
    ...FIXED,
  }),
  timeoutMs: field.number({
    label: 'Time limit (ms)',
    help: 'For each attempt. 0: no limit of its own.',
    min: 0,
    max: DAY_MS,
    integer: true,
    default: 0,
    ...FIXED,
  }),
  executeOnce: field.boolean({ label: 'Run once', help: 'Only for the first item.', ...FIXED }),
  alwaysOutput: field.boolean({
    label: 'Always give an item',
    help: 'An empty one when there would be none.',
    ...FIXED,
  }),
};

/** The fields with what these settings come to: how long the node will pause, and what the error setting waits for. */
export const settingsFields = (retry: RetrySettings | null) => ({
  ...FIELDS,
  onError: retry ? { ...FIELDS.onError, help: 'Once no attempt is left.' } : FIELDS.onError,
  maxAttempts: { ...FIELDS.maxAttempts, help: retry ? describePauses(retry) : '' },
});

/** “With the first one. Pauses: up to 1.0 s, 2.0 s.” */
export function describePauses(retry: RetrySettings): string {
  const error = { kind: 'upstream', message: '', retryable: true } as const;
  const pauses = Array.from({ length: Math.min(retry.maxAttempts - 1, SHOWN_PAUSES) }, (_, i) =>
    formatDuration(retryDelayMs(retry, error, i + 1, () => 1) ?? 0),
  );
  if (pauses.length === 0) return 'Only the first one: it is not tried again.';
  const more = retry.maxAttempts - 1 > SHOWN_PAUSES ? ', …' : '';
  return `With the first one. Pauses: ${retry.jitter ? 'up to ' : ''}${pauses.join(', ')}${more || '.'}`;
}
