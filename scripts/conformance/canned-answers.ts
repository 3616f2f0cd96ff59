import { isObject } from './difference.ts';

interface Canned {
  method: string;
  url: string;
  status?: unknown;
  headers?: unknown;
  body?: unknown;
}

/** The recorded conversation of a case as answers for the command line. */
export function cannedAnswers(recorded: unknown): Canned[] {
  if (!Array.isArray(recorded)) return [];
  return recorded.flatMap((entry: unknown): Canned[] => {
    if (!isObject(entry)) return [];
    if (isObject(entry.declarative)) return declared(entry.declarative);
    const { base, method, path, status, response, headers } = entry;
    return [
      {
        method: String(method ?? 'get').toUpperCase(),
        url: `${String(base)}${String(path ?? '')}${queryOf(entry.chain)}`,
        status,
        headers,
        body: response,
      },
    ];
  });
}

function declared({ baseUrl, mocks }: Record<string, unknown>): Canned[] {
  return (Array.isArray(mocks) ? mocks : []).filter(isObject).map((mock) => ({
    method: String(mock.method ?? 'get').toUpperCase(),
    url: `${String(baseUrl)}${String(mock.path ?? '')}`,
    status: mock.statusCode,
    headers: mock.responseHeaders,
    body: mock.responseBody,
  }));
}

/** `.query({…})` of the chain; `.query(true)` stands for any. */
function queryOf(chain: unknown): string {
  const call = (Array.isArray(chain) ? chain : []).find((one) => isObject(one) && one.call === 'query');
  const [query] = isObject(call) && Array.isArray(call.args) ? call.args : [];
  if (!isObject(query)) return '';
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]): [string, string][] =>
      (Array.isArray(value) ? value : [value]).map((one) => [key, String(one)]),
    ),
  );
  return `?${params}`;
}
