import type { Deliveries } from './deliveries.ts';
import { expand } from './expand.ts';
import { Failure } from './failure.ts';
import { decodeForm } from './form.ts';
import { type Answer, IdempotencyKeys } from './idempotency.ts';
import { Params } from './params.ts';
import { findRoute, refuseUnknown } from './route.ts';
import { ROUTES } from './routes.ts';
import type { Sandbox } from './sandbox.ts';

export interface ApiRequest {
  method: string;
  path: string;
  /** Query of a GET or DELETE, body of a POST. */
  form: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
  id: string;
}

/** Answers one API request as Stripe would, errors included. */
export function createApi(sandbox: Sandbox, deliveries: Deliveries): (request: ApiRequest) => Answer {
  const keys = new IdempotencyKeys(sandbox);
  return (request) => {
    const key = request.method === 'POST' ? request.idempotencyKey : undefined;
    const fingerprint = `${request.method} ${request.path} ${request.form}`;
    const replayed = key ? attempt(() => keys.replay(key, fingerprint)) : null;
    if (replayed) return replayed;
    sandbox.request = { id: request.id, idempotency_key: key ?? null };
    const answer = attempt(() => handle(sandbox, deliveries, request));
    sandbox.request = { id: null, idempotency_key: null };
    if (key) keys.keep(key, fingerprint, answer);
    return answer;
  };
}

function handle(sandbox: Sandbox, deliveries: Deliveries, request: ApiRequest): Answer {
  if (!/^Bearer (sk|rk)_/.test(request.authorization ?? ''))
    throw new Failure(401, 'invalid_request_error', 'Invalid API Key provided.');
  const { route, ids } = findRoute(ROUTES, request.method, request.path);
  const params = new Params(decodeForm(request.form));
  refuseUnknown(route, params);
  const answer = route.handle({ sandbox, deliveries, params, ids, path: request.path });
  return { status: 200, body: JSON.stringify(expand(sandbox, answer, params.texts('expand') ?? [])) };
}

function attempt<T>(work: () => T): T | Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return { status: error.status, body: JSON.stringify(error) };
    throw error;
  }
}
