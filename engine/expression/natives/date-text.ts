/**
 * JavaScript dates have local methods that depend on the machine. Here "local" is always UTC: the same result on
 * every worker and in the browser. Luxon's DateTime is what knows the workflow's time zone.
 */
export function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  return `${dayText(date)} ${timeText(date)}`;
}

export const dayText = (date: Date): string =>
  Number.isNaN(date.getTime())
    ? 'Invalid Date'
    : `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${pad(date.getUTCDate())} ${yearText(date)}`;

export const timeText = (date: Date): string =>
  Number.isNaN(date.getTime())
    ? 'Invalid Date'
    : `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (n: number): string => String(n).padStart(2, '0');
const yearText = (date: Date): string => String(date.getUTCFullYear()).padStart(4, '0');

/** Says its own zone, or is a plain ISO date (UTC by the standard). */
const ZONED =
  /(?:\dZ|UTC|GMT|(?:GMT|:\d{2}|:\d{2}\.\d{1,9}) ?[+-]\d{2}:?\d{2}|\b[ECMP][SD]T)\s*(?:\([^)]{0,60}\))?$|^[+-]?\d{4,6}(?:-\d{2}){0,2}$/i;

/** ms since epoch, or NaN. Text without a zone counts as UTC. */
export function parseDateText(text: string): number {
  if (text.length > 200) return Number.NaN;
  const trimmed = text.trim();
  const time = Date.parse(trimmed);
  if (Number.isNaN(time) || ZONED.test(trimmed)) return time;
  const local = new Date(time);
  return Date.UTC(
    local.getFullYear(),
    local.getMonth(),
    local.getDate(),
    local.getHours(),
    local.getMinutes(),
    local.getSeconds(),
    local.getMilliseconds(),
  );
}
