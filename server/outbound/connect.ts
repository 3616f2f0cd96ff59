import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import ipaddr from 'ipaddr.js';
import { NodeError } from '#engine/errors.ts';
import { checkAddress, type Network, refused } from './guard.ts';
import { checkedLookup, type Resolve } from './lookup.ts';

/** Which addresses connections may lead to, and how names become addresses. */
export interface OutboundRules {
  allowed: readonly Network[];
  resolve: Resolve;
}

export interface ConnectOptions {
  host: string;
  port: number;
  /** Present: TLS from the first byte. */
  tls?: { rejectUnauthorized: boolean };
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * A connected socket to an allowed address, for protocols other than HTTP. Throws NodeError(config) for a forbidden
 * address, NodeError(timeout), or what the system says; the reason of the signal once that is aborted.
 */
export async function connectChecked(
  { host, port, tls: secure, timeoutMs, signal }: ConnectOptions,
  rules: OutboundRules,
): Promise<net.Socket> {
  signal.throwIfAborted();
  checkHost(host, rules.allowed);
  const where = { host, port, noDelay: true, lookup: checkedLookup(rules.allowed, rules.resolve) };
  const socket = secure
    ? tls.connect({ ...where, ...secure, ...(net.isIP(host) ? {} : { servername: host }) })
    : net.connect(where);
  // Whoever takes the socket over listens too; until then, and after it let go, an error must not end the process.
  socket.on('error', () => undefined);
  const timer = setTimeout(
    () => socket.destroy(new NodeError('timeout', `${host}:${port} could not be reached in time.`)),
    timeoutMs,
  );
  try {
    await once(socket, secure ? 'secureConnect' : 'connect', { signal });
    const reason = checkAddress(socket.remoteAddress ?? '', rules.allowed);
    if (reason) throw refused(host, reason);
    return socket;
  } catch (thrown) {
    socket.destroy();
    signal.throwIfAborted();
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

/** Addresses that are written out are never looked up, so the lookup cannot refuse them. Throws NodeError(config). */
export function checkHost(host: string, allowed: readonly Network[]): void {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  const reason = ipaddr.isValid(literal) ? checkAddress(literal, allowed) : null;
  if (reason) throw refused(literal, reason);
}
