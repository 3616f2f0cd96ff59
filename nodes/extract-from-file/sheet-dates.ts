/** How a spreadsheet's days are given out: as text (`2024-05-01`, `2024-05-01T10:30:00`) or as the number in the file. */
export type DateStyle = 'iso' | 'serial';

const DAY = 86_400_000;
/** Day 0 of the two calendars that spreadsheets know. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** A day number as text, without a zone since spreadsheets have none. Numbers below 1 are times of day. */
export function isoOfSerial(serial: number, from1904 = false): string | number {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return serial;
  // Their calendar has a 29 February 1900, which never was.
  const days = !from1904 && serial < 60 && serial >= 1 ? serial + 1 : serial;
  const seconds = Math.round((days * DAY) / 1000);
  const iso = new Date((from1904 ? EPOCH_1904 : EPOCH_1900) + seconds * 1000).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return seconds % 86_400 === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

/** The day number of `2024-05-01` or `2024-05-01T10:30:00`; undefined for anything else. */
export function serialOfIso(iso: string): number | undefined {
  const ms = Date.parse(
    iso.length === 10 ? `${iso}T00:00:00Z` : /Z|[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`,
  );
  return Number.isNaN(ms) ? undefined : (ms - EPOCH_1900) / DAY;
}

/** Formats that every spreadsheet knows by number. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether numbers in this format are days or times: its code names parts of them outside of quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const bare = code
    .slice(0, 255)
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}
