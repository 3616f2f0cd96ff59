import { DAY, type Period } from './calendar.ts';
import { newId } from './collection.ts';
import { invalid, missingParameter } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type Meter = ReturnType<typeof newMeter>;

export interface MeterEvent {
  object: 'billing.meter_event';
  created: number;
  event_name: string;
  identifier: string;
  livemode: false;
  payload: Record<string, string>;
  timestamp: number;
}

export const METER_PARAMS = [
  'customer_mapping',
  'default_aggregation',
  'display_name',
  'event_name',
  'value_settings',
];

export function createMeter(sandbox: Sandbox, params: Params): Meter {
  const event = params.required('event_name');
  if (findMeter(sandbox, event))
    throw invalid(`A meter with event_name ${event} exists already.`, 'event_name');
  const meter = newMeter(sandbox, event, params);
  sandbox.emit('billing.meter.created', meter);
  return sandbox.meters.add(meter);
}

/** Each identifier counts once: a second event with it is refused. */
export function recordMeterEvent(sandbox: Sandbox, params: Params): MeterEvent {
  const name = params.required('event_name');
  const meter = findMeter(sandbox, name);
  if (!meter) throw invalid(`No active meter found for event name: ${name}.`, 'event_name');
  const payload = params.textMap('payload');
  const value = payload[meter.value_settings.event_payload_key];
  if (!payload[meter.customer_mapping.event_payload_key])
    throw missingParameter(`payload[${meter.customer_mapping.event_payload_key}]`);
  if (meter.default_aggregation.formula !== 'count' && !/^-?\d+(\.\d+)?$/.test(value ?? ''))
    throw invalid(`Invalid value in payload: ${value}`, 'payload');
  const timestamp = params.integer('timestamp') ?? sandbox.now;
  checkTime(sandbox, timestamp);
  const identifier = params.text('identifier') ?? newId('mevt');
  if (sandbox.meterEvents.some((event) => event.identifier === identifier))
    throw invalid(
      `An event already exists with identifier ${identifier}.`,
      'identifier',
      'duplicate_meter_event',
    );
  const event: MeterEvent = {
    object: 'billing.meter_event',
    created: sandbox.now,
    event_name: name,
    identifier,
    livemode: false,
    payload,
    timestamp,
  };
  sandbox.meterEvents.push(event);
  return event;
}

/** The usage of a customer with start ≤ time < end, by the meter’s formula. */
export function usageOf(sandbox: Sandbox, meter: Meter, customer: string, period: Period): number {
  const events = sandbox.meterEvents.filter(
    (event) =>
      event.event_name === meter.event_name &&
      event.payload[meter.customer_mapping.event_payload_key] === customer &&
      event.timestamp >= period.start &&
      event.timestamp < period.end,
  );
  const values = events.map((event) => Number(event.payload[meter.value_settings.event_payload_key]));
  if (meter.default_aggregation.formula === 'count') return events.length;
  if (meter.default_aggregation.formula === 'last') return values.at(-1) ?? 0;
  return values.reduce((sum, value) => sum + value, 0);
}

/** One summary, or one for each hour or day that has usage, newest first. */
export function summarizeUsage(sandbox: Sandbox, id: string, params: Params) {
  const meter = sandbox.meters.get(id);
  const customer = params.required('customer');
  const whole = { start: Number(params.required('start_time')), end: Number(params.required('end_time')) };
  if (whole.start % 60 !== 0 || whole.end % 60 !== 0)
    throw invalid('start_time and end_time must align with minute boundaries.', 'start_time');
  const window = params.choice('value_grouping_window', ['hour', 'day']);
  const step = window === 'hour' ? 3600 : window === 'day' ? DAY : whole.end - whole.start;
  const periods: Period[] = [];
  for (let start = whole.start; start < whole.end; start += step)
    periods.push({ start, end: Math.min(start + step, whole.end) });
  return periods
    .reverse()
    .map((period) => ({ period, value: usageOf(sandbox, meter, customer, period) }))
    .filter(({ value }) => value !== 0 || !window)
    .map(({ period, value }) => ({
      id: newId('mtrusg_test'),
      object: 'billing.meter_event_summary' as const,
      aggregated_value: value,
      end_time: period.end,
      livemode: false,
      meter: meter.id,
      start_time: period.start,
    }));
}

function checkTime(sandbox: Sandbox, timestamp: number): void {
  if (!sandbox.settings.checkMeterTimes) return;
  if (timestamp < sandbox.now - 35 * DAY)
    throw invalid(
      'The timestamp must be within the past 35 calendar days.',
      'timestamp',
      'timestamp_too_far_in_past',
    );
  if (timestamp > sandbox.now + 300)
    throw invalid('The timestamp is too far in the future.', 'timestamp', 'timestamp_in_future');
}

const findMeter = (sandbox: Sandbox, event: string) =>
  sandbox.meters.all().find((meter) => meter.event_name === event && meter.status === 'active');

function newMeter(sandbox: Sandbox, event: string, params: Params) {
  return {
    id: newId('mtr_test'),
    object: 'billing.meter' as const,
    created: sandbox.now,
    customer_mapping: {
      event_payload_key: params.inside('customer_mapping')?.text('event_payload_key') ?? 'stripe_customer_id',
      type: 'by_id',
    },
    default_aggregation: {
      formula: params.inside('default_aggregation')?.choice('formula', ['sum', 'count', 'last']) ?? 'sum',
    },
    display_name: params.required('display_name'),
    event_name: event,
    event_time_window: null,
    livemode: false,
    status: 'active' as 'active' | 'inactive',
    status_transitions: { deactivated_at: null },
    updated: sandbox.now,
    value_settings: {
      event_payload_key: params.inside('value_settings')?.text('event_payload_key') ?? 'value',
    },
  };
}
