import createClient, { type Client } from 'openapi-fetch';
import { UsageError } from '../usage.ts';
import type { paths } from './api.d.ts';

/** What all commands take that talk to a server. */
export const SERVER_OPTIONS = { url: { type: 'string' }, key: { type: 'string' } } as const;
export const SERVER_USAGE = '[--url URL] [--key KEY]   (or LINKFLOW_URL, LINKFLOW_API_KEY)';

/** A client of the server that the options or the environment name. Throws UsageError without a key. */
export function connectTo({
  url,
  key,
}: {
  url?: string | undefined;
  key?: string | undefined;
}): Client<paths> {
  const address = url ?? process.env.LINKFLOW_URL ?? `http://localhost:${process.env.PORT ?? '3000'}`;
  const token = key ?? process.env.LINKFLOW_API_KEY;
  if (!token) throw new UsageError('There is no API key. Send --key, or set LINKFLOW_API_KEY.');
  if (!URL.canParse(address)) throw new UsageError(`--url: “${address}” is no address.`);
  return createClient<paths>({
    baseUrl: `${address.replace(/\/$/, '')}/api/v1`,
    headers: { authorization: `Bearer ${token}` },
  });
}

/** The answer, or an Error with what the server said was wrong. */
export async function answerOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T | undefined> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    const cause = (thrown as { cause?: { code?: string } }).cause?.code;
    throw new Error(`The server cannot be reached${cause ? ` (${cause})` : ''}.`);
  });
  if (response.ok) return data;
  const { detail } = (typeof error === 'object' && error !== null ? error : {}) as { detail?: unknown };
  throw new Error(`${response.status}: ${typeof detail === 'string' ? detail : response.statusText}`);
}
