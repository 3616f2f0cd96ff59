import { NodeError } from '#engine/errors.ts';
import { toNodeError } from '../outbound/failures.ts';

/** What nodemailer and imapflow put on their errors. */
interface MailError {
  code?: string;
  /** Of the SMTP command that failed: `AUTH PLAIN`, `RCPT TO` … */
  command?: string;
  responseCode?: number;
  response?: unknown;
  message?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  serverResponseCode?: string;
  responseText?: string;
  responseStatus?: string;
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ETIMEOUT',
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
]);
const CLOSED: ReadonlySet<string> = new Set(['ECONNECTION', 'NoConnection', 'EConnectionClosed', 'ESOCKET']);
/** Codes of IMAP by which a server asks to come back later. */
const LATER: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'THROTTLED']);
/** After STARTTLS nodemailer puts its own code in place of the reason; only the message still says it. */
const OF_TLS = /certificate|\bssl\b|\btls\b/i;
const SENDER = /^MAIL FROM/;
const RECIPIENT = /^RCPT TO/;

/** Why a mail server could not be used, as a NodeError. Never holds the password. */
export function toMailError(thrown: unknown, host: string): NodeError {
  if (thrown instanceof NodeError) return atHost(thrown);
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as MailError;
  return loginError(error, host) ?? answerError(error, host) ?? connectionError(error, thrown, host);
}

/** The guard speaks of URLs; here the host is a field of its own. */
function atHost(error: NodeError): NodeError {
  return error.data.field === 'url'
    ? new NodeError(error.data.kind, error.message, { ...error.data, field: 'host' })
    : error;
}

function loginError(error: MailError, host: string): NodeError | undefined {
  const isLogin = error.code === 'EAUTH' || error.code === 'ENOAUTH' || error.authenticationFailed === true;
  if (!isLogin) return undefined;
  const detail = answerOf(error);
  if (isTemporary(error))
    return new NodeError('upstream', `${host} takes no logins at the moment.`, {
      detail,
      ...statusOf(error),
    });
  return new NodeError('auth', `${host} refused the login. Check user and password.`, {
    field: 'user',
    detail,
    ...statusOf(error),
  });
}

/** What the server answered to a command. */
function answerError(error: MailError, host: string): NodeError | undefined {
  const { command = '', responseCode } = error;
  const detail = answerOf(error);
  const more = { detail, ...statusOf(error) };
  if (error.responseStatus === 'NO' || error.responseStatus === 'BAD')
    return new NodeError('upstream', `${host} refused: ${error.responseText || 'no reason given'}`, {
      retryable: isTemporary(error),
    });
  if (responseCode === undefined) return undefined;
  if (isTemporary(error))
    return new NodeError('upstream', `${host} asks to try again later (${responseCode}).`, more);
  if (SENDER.test(command))
    return new NodeError('config', `${host} refused the sender.`, { field: 'from', ...more });
  if (RECIPIENT.test(command))
    return new NodeError('config', `${host} refused the recipient.`, { field: 'to', ...more });
  if (responseCode === 552)
    return new NodeError('limit', `The message is too large for ${host}.`, { retryable: false, ...more });
  return new NodeError('upstream', `${host} refused the message (${responseCode}).`, {
    retryable: false,
    ...more,
  });
}

function connectionError(error: MailError, thrown: unknown, host: string): NodeError {
  const { code = '', message = '' } = error;
  if (TIMEOUTS.has(code)) return new NodeError('timeout', `${host} did not answer in time.`);
  if (/TooLarge$/.test(code))
    return new NodeError('limit', `${host} sent more than fits into memory at once.`, { retryable: false });
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return new NodeError('config', `The message cannot be sent: ${message.slice(0, 300)}`);
  if (error.tlsFailed || code === 'ETLS' || (code === 'ESOCKET' && OF_TLS.test(message)))
    return new NodeError('upstream', `No secure connection to ${host} was possible.`, {
      retryable: false,
      detail: message.slice(0, 300),
    });
  if (CLOSED.has(code))
    return new NodeError('upstream', `${host} closed the connection.`, { detail: message });
  return toNodeError(thrown, host);
}

const isTemporary = ({ responseCode = 0, serverResponseCode = '' }: MailError): boolean =>
  (responseCode >= 400 && responseCode < 500) || LATER.has(serverResponseCode);

const statusOf = ({ responseCode }: MailError) => (responseCode ? { status: responseCode } : {});

function answerOf({ response, responseText }: MailError): string | undefined {
  const text = responseText ?? (typeof response === 'string' ? response : undefined);
  return text?.slice(0, 500);
}
