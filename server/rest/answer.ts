import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode, toProblem } from '../errors.ts';
import { asAppError } from '../http/respond.ts';
import type { Context } from '../trpc/context.ts';

/** An answer before it is sent, in a form that both the listener and Next can send. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** null: none, as for 204. */
  body: string | null;
}

/** What a procedure returned. */
export function dataAnswer(result: unknown, status: number): Answer {
  if (status === 204) return { status, headers: {}, body: null };
  const headers = { 'content-type': 'application/json', ...tagOf(result) };
  return { status, headers, body: JSON.stringify(result === undefined ? {} : result) };
}

/** What can be changed on condition says its revision. */
function tagOf(result: unknown): Record<string, string> {
  const { revision } = (result ?? {}) as { revision?: unknown };
  return typeof revision === 'number' ? { etag: `"${revision}"` } : {};
}

/** Anything thrown, as a problem document. */
export function problemAnswer(thrown: unknown): Answer {
  const error = fromTrpc(thrown);
  const { status, body } = toProblem(error);
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (typeof error.extra.retryAfter === 'number') headers['retry-after'] = String(error.extra.retryAfter);
  return { status, headers, body: JSON.stringify(body) };
}

export const problemResponse = (thrown: unknown): Response => toResponse(problemAnswer(thrown));

export const toResponse = ({ status, headers, body }: Answer): Response =>
  new Response(body, { status, headers });

/**
 * What all answers have: their id, how much of the tightest limit is left, and leave for pages of other sites to read
 * them, which no cookie can make use of.
 */
export const commonHeaders = ({ tally, requestId, transport }: Context): Record<string, string> => ({
  ...tally.headers(),
  ...(transport === 'rest'
    ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED }
    : {}),
  'x-request-id': requestId,
});

const EXPOSED =
  'ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id, Idempotency-Replayed';

function fromTrpc(thrown: unknown): AppError {
  if (!(thrown instanceof TRPCError)) return asAppError(thrown);
  if (thrown.cause instanceof AppError) return asAppError(thrown.cause);
  if (thrown.cause instanceof ZodError) {
    const errors = thrown.cause.issues.map((i) => ({ path: i.path.join('.'), message: i.message }));
    const [first] = errors;
    return new AppError(
      'BAD_REQUEST',
      first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'The input is not valid.',
      { errors },
    );
  }
  return thrown.code in ERROR_CODES
    ? new AppError(thrown.code as ErrorCode, thrown.message)
    : asAppError(thrown);
}
