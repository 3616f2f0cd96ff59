import { Agent, buildConnector } from 'undici';
import type { OwnTls } from './client-certificate.ts';
import { checkAddress, type Network, refused } from './guard.ts';
import { checkedLookup, type Resolve } from './lookup.ts';

/** Enough for a node's parallel calls to one host, and a bound on what one workflow can open there. */
const CONNECTIONS_PER_ORIGIN = 128;
const MAX_HEADER_BYTES = 64 * 1024;
export const CONNECT_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 10_000;

/** A pool of connections that can only lead to allowed addresses. */
export function createAgent(allowed: readonly Network[], resolve: Resolve, tls: OwnTls = {}): Agent {
  const connect = buildConnector({
    ...tls,
    lookup: checkedLookup(allowed, resolve),
    timeout: CONNECT_TIMEOUT_MS,
    allowH2: false,
  });
  return agentOver((options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      // The second look costs nothing and does not depend on how the first one was made.
      const reason = checkAddress(socket.remoteAddress ?? '', allowed);
      if (!reason) return callback(null, socket);
      socket.destroy();
      callback(refused(options.hostname, reason), null);
    }),
  );
}

/** A pool over connections that are made in this way. */
export const agentOver = (connect: buildConnector.connector): Agent =>
  new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: 60_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The caller's own deadline covers the whole exchange, redirects and all.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect,
  });
