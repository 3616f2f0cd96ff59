import { operatorOfKey } from '../admin/operator.ts';
import { isAdminScope } from '../api-keys/schema.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { fromPairs, parseBody } from '../http/body.ts';
import { ADDRESS_HEADER } from '../http/caller-address.ts';
import { authorize } from '../scope.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { type Answer, commonHeaders, dataAnswer, problemAnswer, toResponse } from './answer.ts';
import { createApiCaller } from './api-router.ts';
import { matchEndpoint } from './endpoints.ts';
import { once } from './idempotency.ts';

/** A call that has no answer by then never will have one; those that wait for an execution say how long. */
const TIMEOUT_MS = 30_000;
const MAX_WAIT_MS = 300_000;

/** What a call says in a header, by its name in lower case. */
type ReadHeader = (name: string) => string | null;

/** A call of /api/v1 in words of no server: making a `Request` costs more than what most calls ask for. */
export interface RestCall {
  method: string;
  url: URL;
  header: ReadHeader;
  /** Empty where the method has none. */
  body: Buffer;
}

/** REST accepts API keys only: no cookie, so no other site can act for a signed-in browser. */
const contextOf = (header: ReadHeader): Context =>
  createContext({
    transport: 'rest',
    authorization: header('authorization'),
    workspaceId: header('x-workspace-id'),
    requestId: header('x-request-id'),
    idempotencyKey: header('idempotency-key'),
    address: header(ADDRESS_HEADER),
    loadSession: () => Promise.resolve(null),
  });

export const restContext = ({ headers }: Request): Context => contextOf((name) => headers.get(name));

/** Answers a call: finds the procedure, gathers its input from path, query and body, and calls it. What is thrown becomes a problem document. */
export async function answerCall(call: RestCall): Promise<Answer> {
  const context = contextOf(call.header);
  const answer = await carryOut(call, context).catch(problemAnswer);
  Object.assign(answer.headers, commonHeaders(context));
  return answer;
}

/** The same for what reaches Next: paths that are no endpoint. */
export async function handleRest(request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const call = { method, url: new URL(url), header: (name: string) => headers.get(name) };
  const body = await readRequestBody(request).catch((error: unknown) => problemAnswer(error));
  if (Buffer.isBuffer(body)) return toResponse(await answerCall({ ...call, body }));
  return toResponse({ ...body, headers: { ...body.headers, ...commonHeaders(contextOf(call.header)) } });
}

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

async function carryOut(call: RestCall, context: Context): Promise<Answer> {
  const { method, url, header } = call;
  const path = url.pathname.replace(/^\/api\/v1/, '').replace(/\/$/, '') || '/';
  const { endpoint, allowed, parameters } = matchEndpoint(method, path);
  if (!endpoint) {
    if (allowed.length === 0) throw new AppError('NOT_FOUND', `There is no endpoint ${path}.`);
    throw new AppError('METHOD_NOT_SUPPORTED', `${path} takes ${allowed.join(', ')}, not ${method}.`);
  }
  const { rest, procedure, permission } = endpoint;
  // a key is for one workspace: whoever names another gets the same answer as for one that does not exist
  if (parameters.workspaceId !== undefined && parameters.workspaceId !== (await context.scope()).workspaceId)
    throw notFound('workspace');
  const input = {
    ...fromPairs(url.searchParams),
    ...revisionOf(header),
    ...parseInput(call),
    ...parameters,
  };
  const answer = async () =>
    dataAnswer(
      await inTime(invoke(createApiCaller(context), procedure, input), waitOf(input)),
      rest.status ?? 200,
    );
  const { idempotencyKey: key } = context;
  // whoever shows a key must show a good one, also where none is asked for
  if (!permission && header('authorization') !== null) await context.scope();
  // without a permission there may be no workspace to keep an answer for, and answers that hold tokens must not be kept
  if (!permission || key === undefined || method === 'GET' || rest.once === 'itself') return answer();
  const scope = await context.scope();
  // before the answer of an earlier call is given again: that one may have come from a key that may more
  if (isAdminScope(permission)) await operatorOfKey(scope, permission);
  else authorize(scope, permission);
  const stated = { key, method, path: path + url.search, body: call.body.toString('latin1') };
  return once(scope, stated, () => answer().catch(problemAnswer));
}

/** `If-Match: "12"` is the same as `revision: 12`. */
function revisionOf(header: ReadHeader): { revision?: string } {
  const said = header('if-match');
  if (said === null || said.trim() === '*') return {};
  const [, revision] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(said) ?? [];
  if (revision === undefined)
    throw new AppError('BAD_REQUEST', 'If-Match: send the ETag of an answer, such as "12".');
  return { revision };
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

function invoke(caller: object, procedure: string, input: unknown): Promise<unknown> {
  const target = procedure
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller);
  return (target as (input: unknown) => Promise<unknown>)(input);
}

/** Of these, a body means nothing. */
export const isBodiless = (method: string): boolean => ['GET', 'HEAD', 'DELETE'].includes(method);

function parseInput({ body, header }: RestCall): Record<string, unknown> {
  if (body.length === 0) return {};
  const input = parseBody(body, header('content-type') ?? '');
  if (input === null || typeof input !== 'object' || Array.isArray(input))
    throw new AppError('BAD_REQUEST', 'The body must be a JSON object.');
  return input as Record<string, unknown>;
}

/** The body of a fetch-style request, cut off at the limit. */
export async function readRequestBody(request: Request): Promise<Buffer> {
  if (isBodiless(request.method)) return Buffer.alloc(0);
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
