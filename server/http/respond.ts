import type { ServerResponse } from 'node:http';
import { AppError, ERROR_CODES, toProblem } from '../errors.ts';
import { log } from '../log.ts';
import { isDatabaseAway } from '../outage.ts';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** Anything thrown as a problem document; what is not an AppError is logged and hidden from the caller. */
export function sendProblem(response: ServerResponse, thrown: unknown): void {
  const error = asAppError(thrown);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body } = toProblem(error);
  if (typeof error.extra.retryAfter === 'number')
    response.setHeader('retry-after', String(error.extra.retryAfter));
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** PostgreSQL's codes for text with a zero byte, and for its escape in JSON. */
const isUnstorableText = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  /\b(?:22021|22P05)\b|invalid byte sequence for encoding "UTF8": 0x00/.test(
    `${(thrown as { code?: unknown }).code ?? ''} ${thrown.message}`,
  );

export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) {
    if (ERROR_CODES[thrown.code].log === 'error') log.error({ code: thrown.code }, thrown.message);
    return thrown;
  }
  if (isDatabaseAway(thrown))
    return new AppError('SERVICE_UNAVAILABLE', 'The database cannot be reached. Try again.', {
      retryAfter: 5,
    });
  if (isUnstorableText(thrown))
    return new AppError(
      'BAD_REQUEST',
      'A text holds a character that cannot be stored (U+0000). Leave it out.',
    );
  log.error(
    { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) },
    'unexpected error',
  );
  return new AppError('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
}
