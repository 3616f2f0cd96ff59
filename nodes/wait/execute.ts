import { DateTime } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import type { NodeResult } from '#engine/node.ts';
import { type DurationUnit, durationMs, MAX_WAIT_MS } from '../duration.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, toMain } from '../implement.ts';
import { isPlain } from '../paths.ts';
import { wait } from './definition.ts';

type Context = OperationContext<InputOf<(typeof wait)['operations']['default']['fields']>>;

export const waitNode = implement(wait, {
  default: (context) => {
    const { mode, amount, unit, until } = context.input(0);
    if (mode === 'call') return untilCalled(context);
    const at = mode === 'duration' ? after(context, amount, unit, 'amount') : dateOf(context, until, 'until');
    const outputs = { main: context.items };
    return at <= context.services.now()
      ? { outputs }
      : { outputs, wait: { until: at, completeWithOutputs: true } };
  },
});

/** What the caller sent goes on as one item; when nobody called in time, the items that came in. */
function untilCalled(context: Context): NodeResult {
  const { call, expired, items } = context;
  if (call) return toMain([{ json: isPlain(call.data) ? call.data : { data: call.data } }]);
  if (expired) return toMain(items);
  return { outputs: {}, wait: { until: limitOf(context), call: true, completeWithOutputs: false } };
}

function limitOf(context: Context): number | null {
  const { limit, limitAmount, limitUnit, limitUntil } = context.input(0);
  if (limit === 'none') return null;
  return limit === 'duration'
    ? after(context, limitAmount, limitUnit, 'limitAmount')
    : dateOf(context, limitUntil, 'limitUntil');
}

function after({ services }: Context, amount: number, unit: DurationUnit, field: string): number {
  return notTooFar(services.now() + durationMs(amount, unit), services.now(), field);
}

function dateOf({ services, workflow }: Context, text: string, field: string): number {
  return notTooFar(readDate(text, workflow.timezone, field), services.now(), field);
}

function notTooFar(at: number, now: number, field: string): number {
  if (at - now > MAX_WAIT_MS) throw new NodeError('config', 'A wait may last two years at most.', { field });
  return at;
}

/** ISO, SQL or RFC 2822 text, or ms since epoch; local times are read in the workflow's zone. */
function readDate(text: string, zone: string, field: string): number {
  const value = text.trim();
  if (/^\d{10,}$/.test(value)) return value.length > 10 ? Number(value) : Number(value) * 1000;
  for (const read of [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822, DateTime.fromHTTP]) {
    const date = read(value, { zone });
    if (date.isValid) return date.toMillis();
  }
  throw new NodeError('config', `“${value}” is no date. Write it like 2027-01-31T09:00.`, { field });
}
