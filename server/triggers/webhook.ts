import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, notFound } from '../errors.ts';
import type { Accepted } from '../executions/accept.ts';
import { isLinkPreview } from '../http/call-data.ts';
import { callerAddress } from '../http/caller-address.ts';
import { findWebhook, type WebhookEndpoint } from './endpoints.ts';
import { proveCaller } from './prove-caller.ts';
import { countCall } from './statistics.ts';
import { acceptCall, named } from './webhook-accept.ts';
import { isAllowedAddress } from './webhook-allowlist.ts';
import { answerWhenDone, headersOf, sendAnswer } from './webhook-answer.ts';
import { type Authentication, Challenge, locked, type Proof } from './webhook-auth.ts';
import { assertKind, readSigned } from './webhook-body.ts';
import { allowOrigin, answerPreflight, isPreflight } from './webhook-origins.ts';
import { matchWebhookPath } from './webhook-path.ts';
import type { WebhookPlan } from './webhook-plan.ts';

/** The address that was called: the id of the endpoint, what came below it (with its slash), and all of it. */
export interface CalledAddress {
  endpointId: string;
  below: string;
  url: URL;
}

/**
 * One webhook call, from bytes to answer. 2xx is sent only after the execution and its job are committed; anything that
 * is thrown becomes a problem document in http/respond.ts.
 */
export async function receiveWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  address: CalledAddress,
): Promise<void> {
  const endpoint = await findWebhook(address.endpointId);
  const params = endpoint && matchWebhookPath(endpoint.plan.path, address.below);
  if (!endpoint || !params) throw notFound('webhook');
  if (!endpoint.active && !endpoint.listening)
    throw new AppError('NOT_FOUND', 'This webhook is not active. Activate its workflow first.');
  const { config, plan } = endpoint;
  if (plan.origins !== null) {
    if (isPreflight(request)) return answerPreflight(plan.origins, plan.methods, request, response);
    allowOrigin(plan.origins, request, response);
  }
  if (isIgnored(request, response, endpoint)) return;
  const accepted = await takeCall(request, response, endpoint, address, params);
  if (config.respond === 'immediately') await answerNow(response, endpoint, accepted.executionId);
  else await answerWhenDone(response, endpoint, accepted.executionId);
}

/** Crawlers, and whoever only asks which methods there are, start nothing. */
function isIgnored(
  request: IncomingMessage,
  response: ServerResponse,
  { config, plan }: WebhookEndpoint,
): boolean {
  if (request.method === 'OPTIONS' && plan.methods && !plan.methods.includes('OPTIONS')) {
    response.writeHead(204, { allow: [...plan.methods, 'OPTIONS'].join(', ') }).end();
    return true;
  }
  if (!config.options.ignoreBots || !isLinkPreview(request)) return false;
  response.writeHead(204).end();
  return true;
}

/** Lets the call in and starts its execution. What is refused is counted with what the caller is told. */
async function takeCall(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: WebhookEndpoint,
  { endpointId, url }: CalledAddress,
  params: Record<string, string>,
): Promise<Accepted> {
  try {
    assertFits(request, response, endpoint.plan);
    const { authentication } = endpoint.plan;
    const admitted = authentication ? await admit(request, endpoint, authentication) : NOBODY_ASKED;
    const accepted = await acceptCall(request, { endpoint, endpointId, url, params, ...admitted });
    if (endpoint.active) countCall(endpoint.id, accepted.fresh ? 'accepted' : 'repeated');
    return accepted;
  } catch (error) {
    if (error instanceof AppError && endpoint.active) countCall(endpoint.id, 'refused', error.message);
    if (error instanceof Challenge) response.setHeader('www-authenticate', error.challenge);
    throw error;
  }
}

const NOBODY_ASKED: { proof: Proof | null; signed: Buffer | null } = { proof: null, signed: null };

/** Everything that can be told before the body is read. */
function assertFits(request: IncomingMessage, response: ServerResponse, plan: WebhookPlan): void {
  const method = request.method ?? 'GET';
  if (plan.methods && !plan.methods.includes(method)) {
    const methods = plan.methods.join(', ');
    response.setHeader('allow', methods);
    throw new AppError('METHOD_NOT_SUPPORTED', `This webhook takes ${methods}, not ${method}.`);
  }
  if (plan.broken)
    throw new AppError('SERVICE_UNAVAILABLE', 'This webhook is not set up properly and takes no calls.');
  if (plan.allowlist && !isAllowedAddress(plan.allowlist, callerAddress(request)))
    throw new AppError('FORBIDDEN', 'This address may not call this webhook.');
  assertKind(plan, request);
  const wrong = plan.headersSchema?.({ ...request.headers });
  if (wrong)
    throw new AppError(
      'BAD_REQUEST',
      `The headers are not as wanted: ${named('headers', wrong.path)} ${wrong.message}.`,
      {
        path: wrong.path,
      },
    );
}

/** Throws UNAUTHORIZED, also when there is nothing to check the caller with: an open question is answered with no. */
async function admit(
  request: IncomingMessage,
  { workspaceId, plan }: WebhookEndpoint,
  authentication: Authentication,
): Promise<{ proof: Proof; signed: Buffer | null }> {
  if (authentication.credentialId === null) throw locked(); // before anything is read
  const signed = authentication.kind === 'signature' ? await readSigned(plan, request) : null;
  const proof = await proveCaller(workspaceId, authentication, request, signed ?? Buffer.alloc(0));
  return { proof, signed };
}

function answerNow(
  response: ServerResponse,
  { config }: WebhookEndpoint,
  executionId: string,
): Promise<void> {
  const { responseBody, options } = config;
  const status = config.responseStatus || 202; // stored, not yet done
  if (options.noBody)
    return sendAnswer(response, {
      status,
      headers: headersOf(options.responseHeaders),
      kind: 'none',
      body: null,
    });
  return sendAnswer(response, {
    status,
    headers: {
      ...(responseBody ? { 'content-type': options.responseContentType || 'text/plain; charset=utf-8' } : {}),
      ...headersOf(options.responseHeaders),
    },
    ...(responseBody ? { kind: 'text', body: responseBody } : { kind: 'json', body: { executionId } }),
  });
}
