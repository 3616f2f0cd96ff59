import { type Agent, type Dispatcher, request as send } from 'undici';
import { NodeError } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { createAgent } from './agent.ts';
import { certificateFor } from './client-certificate.ts';
import { toNodeError } from './failures.ts';
import { checkUrl, parseNetworks } from './guard.ts';
import { createKeptAgents } from './kept-agents.ts';
import { type Resolve, systemResolve } from './lookup.ts';
import { readBody, tooLarge } from './read-body.ts';
import { nextHop, redirectTarget } from './redirect.ts';
import { firstHop, type Hop } from './request-parts.ts';

const MAX_TIMEOUT_MS = 300_000;
const MAX_RESPONSE_BYTES = 50 * 1024 * 1024;
const MAX_REDIRECTS = 10;

export interface HttpDoorOptions {
  /** Networks in CIDR form that may be called although they are not public. */
  allowPrivateNetworks: readonly string[];
  /** Name lookup; tests put their own in. */
  resolve?: Resolve;
}

/** The only way out for nodes: public addresses over http and https, with a deadline and a size cap. */
export function createHttpDoor(options: HttpDoorOptions): HttpDoor & { close(): Promise<void> } {
  const allowed = parseNetworks(options.allowPrivateNetworks);
  const resolve = options.resolve ?? systemResolve;
  const agent = createAgent(allowed, resolve);
  const kept = createKeptAgents({ allowed, resolve });

  const agentFor = (asked: HttpRequest, { url }: Hop): Agent => {
    const certificate = certificateFor(asked, url.origin);
    return asked.proxy || certificate ? kept.agentFor({ proxy: asked.proxy, certificate }) : agent;
  };

  const request = async (asked: HttpRequest): Promise<HttpResponse> => {
    asked.signal?.throwIfAborted();
    const timeoutMs = callTimeoutMs(asked);
    const maxBytes = Math.min(asked.maxBytes || MAX_RESPONSE_BYTES, MAX_RESPONSE_BYTES);
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = asked.signal ? AbortSignal.any([asked.signal, deadline]) : deadline;
    let hop = firstHop(asked, checkUrl(asked.url, allowed));
    try {
      for (let redirects = 0; ; redirects++) {
        const answer = await sendHop(agentFor(asked, hop), hop, signal);
        const location =
          asked.followRedirects === false
            ? null
            : redirectTarget(answer.statusCode, one(answer.headers.location), hop.url);
        if (location === null) return await read(answer, hop, maxBytes);
        // Its body is of no interest; reading a little of it keeps the connection.
        await answer.body.dump({ limit: 64 * 1024, signal });
        if (redirects >= MAX_REDIRECTS)
          throw new NodeError('upstream', `${hop.url.host} redirected more than ${MAX_REDIRECTS} times.`, {
            retryable: false,
            status: answer.statusCode,
          });
        hop = nextHop(hop, answer.statusCode, checkUrl(location, allowed));
      }
    } catch (thrown) {
      if (asked.signal?.aborted) throw asked.signal.reason;
      if (deadline.aborted)
        throw new NodeError('timeout', `${hop.url.host} did not answer within ${timeoutMs} ms.`);
      throw toNodeError(thrown, hop.url.host);
    }
  };

  return {
    request,
    async close() {
      await Promise.all([agent.destroy(), kept.close()]);
    },
  };
}

/** When a call ends at the latest, redirects and body included. */
export const callTimeoutMs = ({ timeoutMs }: Pick<HttpRequest, 'timeoutMs'>): number =>
  Math.min(timeoutMs || MAX_TIMEOUT_MS, MAX_TIMEOUT_MS);

/** undici looks at the signal only once it is connected, so that is not left to it. */
async function sendHop(agent: Agent, hop: Hop, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = send(hop.url, {
      dispatcher: agent,
      method: hop.method as Dispatcher.HttpMethod,
      headers: hop.headers,
      body: hop.body,
      signal,
    });
    return await Promise.race([answer, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function read(
  answer: Dispatcher.ResponseData,
  { method, url }: Hop,
  maxBytes: number,
): Promise<HttpResponse> {
  const { statusCode: status, headers } = answer;
  const encoding = one(headers['content-encoding']);
  if (method !== 'HEAD' && Number(one(headers['content-length']) ?? 0) > maxBytes) {
    answer.body.destroy();
    throw tooLarge(maxBytes);
  }
  const body = await readBody(answer.body, method === 'HEAD' ? undefined : encoding, maxBytes);
  return { status, statusText: answer.statusText, headers: flatten(headers), body, url: url.href };
}

/** The body is handed on decoded, so the header that says otherwise goes. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'content-encoding')
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
