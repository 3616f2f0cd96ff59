import { NodeError } from '#engine/errors.ts';
import { basicOf } from './request-parts.ts';

/** Where nodes have their proxy. */
export const PROXY_FIELD = 'options.proxy';

export interface ProxyAddress {
  host: string;
  port: number;
  isTls: boolean;
  /** Value of the header by which calls log in there. */
  authorization?: string;
  /** Holds the secrets too; never to be shown. */
  key: string;
}

/** `http://user:password@host:port`; `http://` may be missing. Throws NodeError(config) that repeats nothing of the text. */
export function parseProxy(text: string): ProxyAddress {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (!url?.hostname) throw wrong('The proxy is not an address such as http://proxy.example.com:3128.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw wrong(`A proxy is reached over http or https, not “${url.protocol.slice(0, 20)}”.`);
  const isTls = url.protocol === 'https:';
  const authorization = basicOf(url);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (isTls ? 443 : 80),
    isTls,
    ...(authorization ? { authorization } : {}),
    key: `${url.protocol}//${url.host} ${authorization ?? ''}`,
  };
}

const wrong = (message: string) => new NodeError('config', message, { field: PROXY_FIELD });
