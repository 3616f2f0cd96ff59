import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { operatorOfKey } from '../admin/operator.ts';
import { isAdminScope } from '../api-keys/schema.ts';
import { env } from '../env.ts';
import { AppError, ERROR_CODES, type ErrorCode, notFound, toProblem } from '../errors.ts';
import { fromPairs, parseBody } from '../http/body.ts';
import { ADDRESS_HEADER } from '../http/caller-address.ts';
import { asAppError } from '../http/respond.ts';
import { authorize } from '../scope.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { createApiCaller } from './api-router.ts';
import { matchEndpoint } from './endpoints.ts';
import { once } from './idempotency.ts';

/** A call that has no answer by then never will have one; those that wait for an execution say how long. */
const TIMEOUT_MS = 30_000;
const MAX_WAIT_MS = 300_000;

/** REST accepts API keys only: no cookie, so no other site can act for a signed-in browser. */
export function restContext(request: Request): Context {
  return createContext({
    transport: 'rest',
    authorization: request.headers.get('authorization'),
    workspaceId: request.headers.get('x-workspace-id'),
    requestId: request.headers.get('x-request-id'),
    idempotencyKey: request.headers.get('idempotency-key'),
    address: request.headers.get(ADDRESS_HEADER),
    loadSession: () => Promise.resolve(null),
  });
}

/** Answers /api/v1/*: finds the procedure, gathers its input from path, query and body, and calls it. */
export async function handleRest(request: Request): Promise<Response> {
  const context = restContext(request);
  return finished(await answer(request, context).catch(problemResponse), context);
}

/**
 * The answer with what all answers have: its id, how much of the tightest limit is left, and leave for pages of other
 * sites to read it, which no cookie can make use of.
 */
export function finished(response: Response, { tally, requestId, transport }: Context): Response {
  const foreign =
    transport === 'rest'
      ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED }
      : {};
  for (const [name, value] of Object.entries({ ...tally.headers(), ...foreign, 'x-request-id': requestId }))
    response.headers.set(name, value);
  return response;
}

const EXPOSED =
  'ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id, Idempotency-Replayed';

/** OPTIONS: what a page of another site may send. */
export const answerPreflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        'Authorization, Content-Type, X-Workspace-Id, X-Request-Id, Idempotency-Key, If-Match, Last-Event-ID',
      'access-control-max-age': '86400',
    },
  });

async function answer(request: Request, context: Context): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/api\/v1/, '').replace(/\/$/, '') || '/';
  const { endpoint, allowed, parameters } = matchEndpoint(request.method, path);
  if (!endpoint) {
    if (allowed.length === 0) throw new AppError('NOT_FOUND', `There is no endpoint ${path}.`);
    throw new AppError('METHOD_NOT_SUPPORTED', `${path} takes ${allowed.join(', ')}, not ${request.method}.`);
  }
  const { rest, procedure, permission } = endpoint;
  // a key is for one workspace: whoever names another gets the same answer as for one that does not exist
  if (parameters.workspaceId !== undefined && parameters.workspaceId !== (await context.scope()).workspaceId)
    throw notFound('workspace');
  const raw = await readBodyOf(request);
  const input = {
    ...fromPairs(url.searchParams),
    ...revisionOf(request),
    ...parseInput(raw, request),
    ...parameters,
  };
  const carryOut = async () => {
    const result = await inTime(call(createApiCaller(context), procedure, input), waitOf(input));
    const status = rest.status ?? 200;
    return status === 204
      ? new Response(null, { status })
      : Response.json(result === undefined ? {} : result, { status, headers: tagOf(result) });
  };
  const { idempotencyKey: key } = context;
  // whoever shows a key must show a good one, also where none is asked for
  if (!permission && request.headers.has('authorization')) await context.scope();
  // without a permission there may be no workspace to keep an answer for, and answers that hold tokens must not be kept
  if (!permission || key === undefined || request.method === 'GET' || rest.once === 'itself')
    return carryOut();
  const scope = await context.scope();
  // before the answer of an earlier call is given again: that one may have come from a key that may more
  if (isAdminScope(permission)) await operatorOfKey(scope, permission);
  else authorize(scope, permission);
  const stated = { key, method: request.method, path: path + url.search, body: raw.toString('latin1') };
  return once(scope, stated, () => carryOut().catch(problemResponse));
}

/** `If-Match: "12"` is the same as `revision: 12`. */
function revisionOf(request: Request): { revision?: string } {
  const said = request.headers.get('if-match');
  if (said === null || said.trim() === '*') return {};
  const [, revision] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(said) ?? [];
  if (revision === undefined)
    throw new AppError('BAD_REQUEST', 'If-Match: send the ETag of an answer, such as "12".');
  return { revision };
}

/** What can be changed on condition says its revision. */
function tagOf(result: unknown): Record<string, string> {
  const { revision } = (result ?? {}) as { revision?: unknown };
  return typeof revision === 'number' ? { etag: `"${revision}"` } : {};
}

const waitOf = ({ wait }: Record<string, unknown>): number => {
  const seconds = Number(wait);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, MAX_WAIT_MS) : 0;
};

async function inTime<T>(work: Promise<T>, moreMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AppError('TIMEOUT', 'This took too long and was given up. Look whether it happened.')),
    TIMEOUT_MS + moreMs,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function call(caller: object, procedure: string, input: unknown): Promise<unknown> {
  const target = procedure
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller);
  return (target as (input: unknown) => Promise<unknown>)(input);
}

const readBodyOf = async (request: Request): Promise<Buffer> =>
  request.method === 'GET' || request.method === 'DELETE' ? Buffer.alloc(0) : readRequestBody(request);

function parseInput(raw: Buffer, request: Request): Record<string, unknown> {
  if (raw.length === 0) return {};
  const body = parseBody(raw, request.headers.get('content-type') ?? '');
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    throw new AppError('BAD_REQUEST', 'The body must be a JSON object.');
  return body as Record<string, unknown>;
}

/** The body of a fetch-style request, cut off at the limit. */
export async function readRequestBody(request: Request): Promise<Buffer> {
  const maxBytes = env().LINKFLOW_MAX_BODY_BYTES;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes)
      throw new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${maxBytes} bytes.`, { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function problemResponse(thrown: unknown): Response {
  const error = fromTrpc(thrown);
  const { status, body } = toProblem(error);
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (typeof error.extra.retryAfter === 'number') headers['retry-after'] = String(error.extra.retryAfter);
  return new Response(JSON.stringify(body), { status, headers });
}

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
