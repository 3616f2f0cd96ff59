/** “December 4”, with the year when it is another than that of `now`. In the time of the reader. */
export const formatDay = (date: Date, now: number): string =>
  date.toLocaleDateString('en', {
    month: 'long',
    day: 'numeric',
    year: date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric',
  });

const DAY_MS = 86_400_000;

/** Days until then, a begun one counts; 0 when it is over. */
export const daysUntil = (date: Date, now: number): number =>
  Math.max(0, Math.ceil((date.getTime() - now) / DAY_MS));

export const inDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
