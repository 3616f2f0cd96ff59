import { DateTime } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import { implement } from '../implement.ts';
import { wait } from './definition.ts';
import { importers } from './import-n8n.ts';

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
/** What a timer can be trusted with: two years. */
const MAX_WAIT_MS = 2 * 366 * UNIT_MS.days;

export const waitNode = implement(
  wait,
  {
    default: ({ items, input, services, workflow }) => {
      const { mode, amount, unit, until } = input(0);
      const now = services.now();
      const at =
        mode === 'duration' ? now + Math.max(0, amount) * UNIT_MS[unit] : readDate(until, workflow.timezone);
      if (at - now > MAX_WAIT_MS) {
        throw new NodeError('config', 'A wait may last two years at most.', {
          field: mode === 'duration' ? 'amount' : 'until',
        });
      }
      const outputs = { main: items };
      return at <= now ? { outputs } : { outputs, wait: { until: at, completeWithOutputs: true } };
    },
  },
  importers,
);

/** ISO, SQL or RFC 2822 text, or ms since epoch; local times are read in the workflow's zone. */
function readDate(text: string, zone: string): number {
  const value = text.trim();
  if (/^\d{10,}$/.test(value)) return value.length > 10 ? Number(value) : Number(value) * 1000;
  for (const read of [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822, DateTime.fromHTTP]) {
    const date = read(value, { zone });
    if (date.isValid) return date.toMillis();
  }
  throw new NodeError('config', `“${value}” is no date. Write it like 2027-01-31T09:00.`, { field: 'until' });
}
