import http from 'node:http';
import net from 'node:net';
import { buildConnector } from 'undici';
import { NodeError } from '#engine/errors.ts';
import { CONNECT_TIMEOUT_MS } from './agent.ts';
import type { OwnTls } from './client-certificate.ts';
import { checkHost, connectChecked, type OutboundRules } from './connect.ts';
import { toNodeError } from './failures.ts';
import { checkedLookup } from './lookup.ts';
import { PROXY_FIELD, type ProxyAddress } from './proxy-address.ts';

/** A proxy that cannot reach one address of a name may reach the next: many are not on IPv6. */
const MAX_ADDRESSES = 3;
const UNREACHABLE: ReadonlySet<number> = new Set([502, 503, 504]);
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Connects to hosts through a proxy. It is asked for an address that was looked up and checked here, never for a name, or it
 * could be made to call what nobody may call; so a name that only the proxy knows cannot be called. The proxy's own address
 * is checked like any other; `tls` is for the host behind it and not for the proxy.
 */
export function tunnelThrough(
  proxy: ProxyAddress,
  rules: OutboundRules,
  closing: AbortSignal,
  tls: OwnTls = {},
): buildConnector.connector {
  const lookup = checkedLookup(rules.allowed, rules.resolve);
  const startTls = buildConnector({ ...tls, timeout: CONNECT_TIMEOUT_MS, allowH2: false });

  const addressesOf = (host: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      if (net.isIP(host)) return resolve([host]);
      lookup(host, { all: true }, (error, found) => {
        if (error?.code === 'ENOTFOUND') reject(unknownName(host));
        else if (error) reject(toNodeError(error, host));
        else resolve((found as { address: string }[]).map(({ address }) => address));
      });
    });

  const open = async (host: string, port: number): Promise<net.Socket> => {
    checkHost(host, rules.allowed);
    const signal = AbortSignal.any([closing, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    const addresses = (await addressesOf(host)).slice(0, MAX_ADDRESSES);
    for (const [tried, address] of addresses.entries()) {
      const { socket, status } = await askFor(proxy, `${bracketed(address)}:${port}`, rules, signal);
      if (isOpen(status)) return socket;
      socket.destroy();
      if (!UNREACHABLE.has(status) || tried === addresses.length - 1)
        throw notOpened(status, proxy, `${host}:${port}`, port);
    }
    throw unknownName(host);
  };

  return (options, callback) => {
    const { protocol, hostname } = options;
    const isTls = protocol === 'https:';
    open(hostname.replace(/^\[(.*)\]$/, '$1'), Number(options.port) || (isTls ? 443 : 80)).then(
      (socket) => (isTls ? startTls({ ...options, httpSocket: socket }, callback) : callback(null, socket)),
      // Always as NodeError: undici takes some codes of its own for a reason to connect again, for ever.
      (error: unknown) => callback(toNodeError(error, hostname), null),
    );
  };
}

/** One connection to the proxy, on which it was asked for this address. Throws NodeError that names the proxy, without its login. */
async function askFor(
  proxy: ProxyAddress,
  target: string,
  rules: OutboundRules,
  signal: AbortSignal,
): Promise<{ socket: net.Socket; status: number }> {
  const { host, port, isTls } = proxy;
  let socket: net.Socket | undefined;
  try {
    socket = await connectChecked(
      {
        host,
        port,
        timeoutMs: CONNECT_TIMEOUT_MS,
        signal,
        ...(isTls ? { tls: { rejectUnauthorized: true } } : {}),
      },
      rules,
    );
    return { socket, status: await ask(socket, target, proxy, signal) };
  } catch (thrown) {
    socket?.destroy();
    throw proxyError(thrown, `${bracketed(host)}:${port}`, signal);
  }
}

function ask(
  socket: net.Socket,
  target: string,
  { authorization }: ProxyAddress,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      method: 'CONNECT',
      path: target,
      // Its host is the address too: a proxy that went by this header would look up the name once more.
      headers: { host: target, ...(authorization ? { 'proxy-authorization': authorization } : {}) },
      createConnection: () => socket,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    });
    request
      .once('connect', ({ statusCode = 0 }, _socket, head) => {
        if (head.length > 0 && isOpen(statusCode)) reject(new Error('It answered before it was asked.'));
        else resolve(statusCode);
      })
      .once('error', reject)
      .end();
  });
}

const isOpen = (status: number): boolean => status >= 200 && status < 300;
const bracketed = (host: string): string => (net.isIPv6(host) ? `[${host}]` : host);

function proxyError(thrown: unknown, host: string, signal: AbortSignal): NodeError {
  const isLate = signal.aborted && signal.reason?.name === 'TimeoutError';
  const error = isLate
    ? new NodeError('timeout', `${host} did not answer in time.`)
    : toNodeError(thrown, host);
  const { kind, message, ...more } = error.data;
  return new NodeError(kind, `The proxy could not be used: ${message}`, { ...more, field: PROXY_FIELD });
}

function notOpened(
  status: number,
  { host, port }: ProxyAddress,
  target: string,
  targetPort: number,
): NodeError {
  const name = `${bracketed(host)}:${port}`;
  if (status === 407)
    return new NodeError('auth', `The proxy ${name} refused the login. Check user and password.`, {
      field: PROXY_FIELD,
    });
  return new NodeError('upstream', `The proxy ${name} does not connect to ${target} (${status}).`, {
    field: PROXY_FIELD,
    retryable: status === 429 || status >= 500,
    detail:
      targetPort === 443
        ? 'It is asked for a tunnel to the address of the host (CONNECT).'
        : 'It is asked for a tunnel (CONNECT), which many proxies open to port 443 only: call https there, or have the proxy allow this port.',
  });
}

const unknownName = (host: string): NodeError =>
  new NodeError('config', `The host name ${host} could not be found.`, {
    field: 'url',
    detail:
      'Names are looked up before the proxy is asked, so one that only the proxy knows cannot be called.',
  });
