import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { env } from '../env.ts';
import { AppError, ERROR_CODES, type ErrorCode, toProblem } from '../errors.ts';
import { fromPairs, parseBody } from '../http/body.ts';
import { ADDRESS_HEADER } from '../http/caller-address.ts';
import { asAppError } from '../http/respond.ts';
import { createCaller } from '../trpc/app-router.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { matchEndpoint } from './endpoints.ts';

/** REST accepts API keys only: no cookie, so no other site can act for a signed-in browser. */
export function restContext(request: Request): Context {
  return createContext({
    transport: 'rest',
    authorization: request.headers.get('authorization'),
    workspaceId: request.headers.get('x-workspace-id'),
    idempotencyKey: request.headers.get('idempotency-key'),
    address: request.headers.get(ADDRESS_HEADER),
    loadSession: () => Promise.resolve(null),
  });
}

/** Answers /api/v1/*: finds the procedure, gathers its input from path, query and body, and calls it. */
export async function handleRest(request: Request): Promise<Response> {
  const context = restContext(request);
  return withLimits(await answer(request, context).catch(problemResponse), context);
}

/** The same answer, which also says how much of the tightest limit is left. */
export function withLimits(response: Response, { tally }: Context): Response {
  for (const [name, value] of Object.entries(tally.headers())) response.headers.set(name, value);
  return response;
}

async function answer(request: Request, context: Context): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/api\/v1/, '').replace(/\/$/, '') || '/';
  const { endpoint, allowed, parameters } = matchEndpoint(request.method, path);
  if (!endpoint) {
    if (allowed.length === 0) throw new AppError('NOT_FOUND', `There is no endpoint ${path}.`);
    throw new AppError('METHOD_NOT_SUPPORTED', `${path} takes ${allowed.join(', ')}, not ${request.method}.`);
  }
  const input = { ...fromPairs(url.searchParams), ...(await readInput(request)), ...parameters };
  const caller = createCaller(context);
  const result = await call(caller, endpoint.procedure, input);
  const status = endpoint.rest.status ?? 200;
  return status === 204 ? new Response(null, { status }) : Response.json(result ?? {}, { status });
}

function call(caller: object, procedure: string, input: unknown): Promise<unknown> {
  const target = procedure
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller);
  return (target as (input: unknown) => Promise<unknown>)(input);
}

async function readInput(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET' || request.method === 'DELETE') return {};
  const body = parseBody(await readRequestBody(request), request.headers.get('content-type') ?? '');
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
