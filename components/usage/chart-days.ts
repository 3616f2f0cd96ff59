const DAY_MS = 86_400_000;

/** All days of the period as YYYY-MM-DD (UTC), with what is known of them; null: still to come. */
export function chartDays<T extends { day: string }>(
  days: readonly T[],
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): { day: string; data: T | null }[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const first = Math.floor(startsAt.getTime() / DAY_MS);
  const last = Math.floor((endsAt.getTime() - 1) / DAY_MS);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const day = new Date((first + i) * DAY_MS).toISOString().slice(0, 10);
    return { day, data: known.get(day) ?? null };
  });
}

/** A round number that is at least `max`, for the top of the scale: 1, 2, 4, 5 or 8 with zeros. At least 4. */
export function niceTop(max: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, max)));
  const step = [1, 2, 4, 5, 8, 10].find((one) => one * power >= max) ?? 10;
  return Math.max(4, step * power);
}

/** “Nov 5” of YYYY-MM-DD; such a day is one of UTC, wherever the reader is. */
export const dayName = (day: string, style: 'short' | 'long' = 'short'): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en', {
    timeZone: 'UTC',
    month: style,
    day: 'numeric',
    ...(style === 'long' ? { weekday: 'long' as const } : {}),
  });
