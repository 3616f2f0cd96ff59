import { isObject, isUndefined, short } from './difference.ts';
import type { Measure } from './verdict.ts';

/** Examples of a manual: the result is text that somebody typed, so only what it says is compared, not how. */
export const docExamples: Measure = {
  command: 'eval',
  line({ id, expr, statedText }) {
    if (/random|ToNow|if in US/i.test(`${String(expr)} ${String(statedText)}`))
      return 'differs from run to run';
    return { id, expr, timezone: 'UTC' };
  },
  judge({ statedText }, { value, error }) {
    const stated = bare(String(statedText));
    if (typeof error === 'string') return stated === 'undefined' ? null : `failed: ${error}`;
    const found = bare(textOf(value));
    return stated === found || stated.includes(found) || Number(stated) === Number(found)
      ? null
      : `stated ${short(statedText)}, found ${short(value)}`;
  },
};

function textOf(value: unknown): string {
  if (isUndefined(value)) return 'undefined';
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value.$luxon === 'string') return value.$luxon;
  return JSON.stringify(value);
}

/** Without quotes, blanks and brackets. */
const bare = (text: string): string =>
  text.replace(/["'`\s\u00a0\u202f\\]/g, '').replace(/^\[DateTime:(.*)\]$/, '$1');
