const HERE = 'http://here.invalid';

/** Where to go after signing in: the wanted page if it is a page of ours, else the start page. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  // The URL parser is what the browser will use: it reads `//evil` and `/\evil` as another host.
  const url = URL.canParse(next, HERE) ? new URL(next, HERE) : null;
  if (!url || url.origin !== HERE || url.pathname.startsWith('//') || url.pathname.startsWith('/api/'))
    return '/';
  return url.pathname + url.search + url.hash;
}
