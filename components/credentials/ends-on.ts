/** A credential is good until the end of the day that somebody chose, where they are. */
export function fromDay(day: string): Date | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  const end = new Date(year, month - 1, date, 23, 59, 59);
  return Number.isNaN(end.getTime()) ? null : end;
}

/** As a date field has it. */
export function toDay(at: Date | null): string {
  if (!at) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const DAY_MS = 24 * 3_600_000;
const SOON_DAYS = 14;

/** How a credential's end is to be shown; null: it has none. */
export function endOf(
  at: Date | null,
  now: number,
): { tone: 'danger' | 'warning' | 'neutral'; text: string } | null {
  if (!at) return null;
  const left = at.getTime() - now;
  if (left <= 0) return { tone: 'danger', text: 'Ended' };
  const days = Math.floor(left / DAY_MS);
  if (days === 0) return { tone: 'warning', text: 'Ends within a day' };
  if (days <= SOON_DAYS) return { tone: 'warning', text: `Ends in ${days} ${days === 1 ? 'day' : 'days'}` };
  const date = at.toLocaleDateString('en', { month: 'short', day: 'numeric', year: 'numeric' });
  return { tone: 'neutral', text: `Until ${date}` };
}
