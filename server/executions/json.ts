/**
 * JSON text that PostgreSQL's jsonb takes: it refuses \u0000 and lone surrogates, which JSON allows. They become U+FFFD,
 * since a value that is accepted and then cannot be stored would be lost.
 */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(ESCAPES, (whole: string) => (UNSTORABLE.test(whole) ? '\\ufffd' : whole));
}

/** Whole escapes, so that the text `\\u0000` (an escaped backslash) is left alone. JSON.stringify escapes only lone surrogates. */
const ESCAPES = /\\(?:u[0-9a-f]{4}|.)/g;
const UNSTORABLE = /^\\u(?:0000|d[89a-f][0-9a-f]{2})$/;
