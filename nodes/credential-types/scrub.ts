/** One byte a character: it may stand in a text that was read byte by byte. */
export const MASK = '***';

/** Takes these texts out of others. In one pass, the longest first, so that no rest of a longer one stays. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const longestFirst = [...new Set(secrets)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  const forms = [...new Set(longestFirst.flatMap((one) => [one, asBytes(one)]))];
  return (text) => {
    if (!forms.some((one) => text.includes(one))) return text;
    return forms.reduce((rest, one) => rest.replaceAll(one, MASK), text);
  };
}

/** As it looks in a text that has one character for each byte. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
