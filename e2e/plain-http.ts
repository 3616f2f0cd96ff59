import http from 'node:http';

export interface Answer {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}
export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** One call with the path exactly as given: `fetch` would tidy it up. Follows no redirect. */
export function call(path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
  const { hostname, port } = new URL(process.env.E2E_URL!);
  const said = body === undefined ? headers : { 'content-length': `${Buffer.byteLength(body)}`, ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, path, method, headers: said, timeout: 15_000 },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            text: Buffer.concat(parts).toString(),
            headers: response.headers,
          }),
        );
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} had no answer in time`)));
    request.on('error', reject);
    request.end(body);
  });
}

/** Other ways to write a call of a page, by some of which guards of frameworks were passed. */
export function variantsOf(path: string, buildId: string): { path: string; call: Call }[] {
  const way = (headers: Record<string, string>, target = path, method = 'GET') => ({
    path: target,
    call: { headers, method },
  });
  const again = (name: string) => Array.from({ length: 5 }, () => name).join(':');
  const encoded = path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return [
    ...['middleware', 'src/middleware', 'proxy', 'src/proxy', 'pages/_middleware'].flatMap((name) => [
      way({ 'x-middleware-subrequest': name }),
      way({ 'x-middleware-subrequest': again(name) }),
    ]),
    way({}, `${path}.rsc`),
    way({}, `${path}.prefetch.rsc`),
    way({}, `${path}.segments/_tree.segment.rsc`),
    way({ rsc: '1' }),
    way({ rsc: '1' }, `${path}?_rsc=1a2b3`),
    way({}, `${path}?_rsc=1a2b3`),
    way({ rsc: '1', 'next-router-prefetch': '1' }),
    way({ rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }),
    // asks for the page alone, without the layouts around it
    way({ rsc: '1', 'next-router-state-tree': encodeURIComponent(JSON.stringify(treeOf(path))) }),
    way({ rsc: '1', 'next-action': '4'.repeat(42) }, path, 'POST'),
    way({ 'next-action': '4'.repeat(42) }, path, 'POST'),
    way({}, path, 'HEAD'),
    way({}, `/${path}`),
    way({}, `${path}/`),
    way({}, `${path}//`),
    way({}, `/.${path}`),
    way({}, `/x/..${path}`),
    way({}, `/x/%2e%2e${path}`),
    way({}, `/_next/static/..%2f..${path}`),
    way({}, path.replace('/', '/%2f')),
    way({}, path.replaceAll('/', '//')),
    way({}, path.replaceAll('/', '\\')),
    way({}, encoded),
    way({ rsc: '1' }, encoded),
    way({}, encodeURIComponent(path)),
    way({}, path.toUpperCase()),
    way({}, `${path};x`),
    way({}, `${path}%00`),
    way({}, `${path}?nxtPworkspaceId=x`),
    way({ 'x-nextjs-data': '1' }),
    way({ 'x-nextjs-data': '1' }, `/_next/data/${buildId}${path}.json`),
    way({}, `/_next/data/${buildId}${path}.json`),
    ...['x-matched-path', 'x-invoke-path', 'x-original-url', 'x-rewrite-url', 'x-nextjs-rewrite'].map(
      (name) => way({ [name]: path }, '/'),
    ),
    way({ 'x-middleware-override-headers': 'cookie', 'x-middleware-request-cookie': 'a=b' }),
    way({ 'x-http-method-override': 'GET' }, path, 'POST'),
    way({}, `http://localhost${path}`),
  ];
}

/** What a browser would have if it showed the page already, but for its last segment. */
function treeOf(path: string): unknown {
  const [, ...segments] = path.split('/');
  const inner = segments.reduceRight<unknown>(
    (children, segment) => [segment, { children }],
    ['__PAGE__', {}, null, 'refetch'],
  );
  return ['', { children: inner }, null, null];
}
