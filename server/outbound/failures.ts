import { NodeError } from '#engine/errors.ts';

interface SystemError {
  code?: string;
  message?: string;
  cause?: unknown;
  errors?: unknown[];
}

/** Says the host and nothing else of the URL: path and query may hold secrets. */
const MESSAGES: Readonly<Record<string, (host: string) => string>> = {
  ECONNREFUSED: (host) => `${host} refused the connection.`,
  ENOTFOUND: (host) => `The host name ${bare(host)} could not be found.`,
  EAI_AGAIN: (host) => `The host name ${bare(host)} could not be looked up at the moment.`,
  ECONNRESET: (host) => `${host} closed the connection before it answered.`,
  UND_ERR_SOCKET: (host) => `${host} closed the connection before it answered.`,
  EPIPE: (host) => `${host} closed the connection before it answered.`,
  EHOSTUNREACH: (host) => `${host} cannot be reached.`,
  ENETUNREACH: (host) => `${host} cannot be reached.`,
};
/** What a server says of the certificate of its caller: of its own the caller finds out. */
const WANTS_CERTIFICATE =
  /^ERR_SSL_.*ALERT_(CERTIFICATE_|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE)/;
const bare = (host: string): string => host.replace(/:\d+$/, '');
const TIMEOUTS: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Why there was no answer, as a NodeError. */
export function toNodeError(thrown: unknown, host: string): NodeError {
  if (thrown instanceof NodeError) return thrown;
  const known = chain(thrown);
  const nodeError = known.find((error) => error instanceof NodeError);
  if (nodeError instanceof NodeError) return nodeError;
  const code = known.map((error) => error.code).find((text) => typeof text === 'string') ?? '';
  if (TIMEOUTS.has(code)) return new NodeError('timeout', `${host} could not be reached in time.`);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return new NodeError('limit', `${host} answered with too many headers.`);
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return new NodeError('config', `The request cannot be sent: ${known[0]?.message ?? code}`);
  }
  const message = MESSAGES[code];
  if (message) return new NodeError('upstream', message(host));
  if (isCertificateError(code)) {
    return new NodeError('upstream', `The certificate of ${host} is not valid (${code}).`, {
      retryable: false,
    });
  }
  if (WANTS_CERTIFICATE.test(code)) {
    return new NodeError('auth', `${host} did not take the client certificate, or wants one (${code}).`);
  }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return new NodeError('upstream', `No secure connection to ${host} was possible (${code}).`, {
      retryable: false,
    });
  }
  return new NodeError('upstream', `The call to ${host} failed${code ? ` (${code})` : ''}.`, {
    detail: known[0]?.message,
  });
}

/** The error itself, its causes, and what an AggregateError of several addresses holds. */
function chain(thrown: unknown): SystemError[] {
  const found: SystemError[] = [];
  const queue = [thrown];
  while (queue.length > 0 && found.length < 20) {
    const error = queue.shift();
    if (typeof error !== 'object' || error === null) continue;
    const known = error as SystemError;
    found.push(known);
    queue.push(known.cause, ...(known.errors ?? []));
  }
  return found;
}

const isCertificateError = (code: string): boolean =>
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT)/.test(code);
