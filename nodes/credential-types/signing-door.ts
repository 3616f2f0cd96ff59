import type { OpenedCredential } from '#engine/credentials.ts';
import { scrubError } from '#engine/credentials.ts';
import { NodeError } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { authorizerOf } from './authorize.ts';
import { followRedirects, staysInHeaders } from './redirects.ts';

export interface SigningOptions {
  /** 0 ≤ x < 1 */
  random(): number;
  /** ms since epoch */
  now(): number;
  /** Takes the secrets of this credential out of a text. */
  scrub(text: string): string;
  /** Hosts that it may be sent to; none: any. */
  allowedHosts: readonly string[];
}

/** A door whose requests are made with this credential. Throws NodeError(config) for kinds and hosts that it is not for. */
export function signingDoor(
  http: HttpDoor,
  { id, type, data }: OpenedCredential,
  options: SigningOptions,
): HttpDoor {
  const { random, now, scrub, allowedHosts } = options;
  const authorizer = authorizerOf(type);
  if (!authorizer) throw new NodeError('config', 'This kind of credential is not for HTTP requests.');
  const nonce = () => Math.floor(random() * 2 ** 52).toString(16);
  const once = { nonce, now };
  const sign = (request: HttpRequest) => authorizer.sign(request, data, once);
  const send = (request: HttpRequest) => http.request({ ...request, credentialId: id });
  const holdsSecret = (text: string) => scrub(text) !== text;
  const clean = async (sent: () => Promise<HttpResponse>): Promise<HttpResponse> => {
    try {
      return withoutSecrets(await sent(), scrub);
    } catch (thrown) {
      throw scrubError(thrown, scrub);
    }
  };
  return {
    async request(request) {
      assertHost(request.url, allowedHosts);
      const response = await clean(() => {
        const follow = () => followRedirects(request, { sign, send, holdsSecret });
        if (authorizer.signsAddress && request.followRedirects !== false) return follow();
        const signed = sign(request);
        const simple = request.followRedirects === false || staysInHeaders(request, signed);
        return simple ? send(signed) : follow();
      });
      const second = authorizer.answer?.(request, response, data, once);
      return second ? clean(() => send(second)) : response;
    },
  };
}

/** Patterns are host names, with their port where it matters; `*.example.com` is every name below example.com. */
export function isHostAllowed(url: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  const { hostname, host } = URL.parse(url) ?? { hostname: '', host: '' };
  return patterns.some((raw) => {
    const pattern = raw.trim().toLowerCase();
    if (pattern === hostname || pattern === host) return host !== '';
    return (
      pattern.startsWith('*.') && hostname.endsWith(pattern.slice(1)) && hostname.length > pattern.length - 1
    );
  });
}

function assertHost(url: string, patterns: readonly string[]): void {
  if (isHostAllowed(url, patterns)) return;
  const host = URL.parse(url)?.host ?? 'this address';
  throw new NodeError('config', `This credential may not be sent to ${host}.`, {
    field: 'url',
    detail: `It is for ${patterns.join(', ')}. Change its allowed hosts under Credentials, or choose another one.`,
  });
}

const READABLE = /^(?:text\/|application\/(?:[\w.+-]*json|[\w.+-]*xml|x-www-form-urlencoded|javascript))/i;
const LONGEST = 4 * 1024 * 1024;

/** A service that repeats what it was sent must not put the secret into the execution's data. */
function withoutSecrets(response: HttpResponse, scrub: (text: string) => string): HttpResponse {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, scrub(value)]),
  );
  const url = scrub(response.url);
  const { body } = response;
  if (
    body.length === 0 ||
    body.length > LONGEST ||
    !READABLE.test(response.headers['content-type'] ?? 'text/plain')
  )
    return { ...response, url, headers };
  const text = Buffer.from(body).toString('latin1'); // one character a byte, so nothing else can change
  const clean = scrub(text);
  return { ...response, url, headers, body: clean === text ? body : Buffer.from(clean, 'latin1') };
}
