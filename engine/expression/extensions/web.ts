const LABEL = '[a-z0-9_\\u00a1-\\uffff](?:[a-z0-9_\\u00a1-\\uffff-]{0,61}[a-z0-9_\\u00a1-\\uffff])?';
const DOMAIN = new RegExp(
  `^(?:[a-z]{2,10}://)?(?:${LABEL}\\.){1,20}(?:[a-z\\u00a1-\\uffff]{2,63}|xn--[a-z0-9-]{1,59})(?::\\d{1,5})?(?:[/?#]|$)`,
  'i',
);
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

export const isDomain = (text: string): boolean =>
  text.length < 2000 && !/\s|_/.test(text) && !IPV4.test(text) && DOMAIN.test(text);

export function isUrl(text: string): boolean {
  return (
    text.length <= 10_000 &&
    !/\s/.test(text) &&
    /^(?:https?|ftp|file|wss?):\/\//i.test(text) &&
    URL.canParse(text)
  );
}

const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9\u00a1-\uffff-]{1,63}\.){1,10}[a-z\u00a1-\uffff]{2,63}$/i;
const EMAIL_INSIDE =
  /[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9\u00a1-\uffff-]{1,63}\.){1,10}[a-z\u00a1-\uffff]{2,63}/i;

export const isEmail = (text: string): boolean => text.length < 320 && EMAIL.test(text);
export const extractEmail = (text: string): string | undefined => EMAIL_INSIDE.exec(text)?.[0];

/** The first address with a scheme, without the punctuation of the sentence around it. */
export function extractUrl(text: string): string | undefined {
  const found = /(?:https?|ftp):\/\/[^\s<>"'`{}|\\^]{1,4000}/i.exec(text)?.[0];
  return found?.replace(/[.,;:!?)\]]{1,20}$/, '');
}

export function extractUrlPath(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.pathname;
}

/** The host of an address, of an e-mail address, or of a bare domain with or without a path. */
export function extractDomain(text: string): string | undefined {
  const email = EMAIL.exec(text.replace(/^mailto:/i, ''))?.[0];
  if (email !== undefined) return email.slice(email.indexOf('@') + 1);
  const host =
    /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/)?(?:[^\s/@?#]{1,200}@)?([^\s/:?#@]{1,253})(?::\d{1,5})?(?:[/?#]|$)/i.exec(
      text.trim(),
    )?.[1];
  const hasScheme = /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text.trim());
  if (host !== undefined && (hasScheme || isDomain(host) || IPV4.test(host))) return host;
  return undefined;
}
