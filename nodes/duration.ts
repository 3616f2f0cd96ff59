/** How people write lengths of time: an amount and its unit. */
export const DURATION_UNITS = [
  { value: 'seconds', label: 'Seconds' },
  { value: 'minutes', label: 'Minutes' },
  { value: 'hours', label: 'Hours' },
  { value: 'days', label: 'Days' },
] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number]['value'];

const UNIT_MS: Record<DurationUnit, number> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/** What a timer can be trusted with: two years. */
export const MAX_WAIT_MS = 2 * 366 * UNIT_MS.days;

/** In ms; a negative amount is none. */
export const durationMs = (amount: number, unit: DurationUnit): number => Math.max(0, amount) * UNIT_MS[unit];
