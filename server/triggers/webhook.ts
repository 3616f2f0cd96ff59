import type { IncomingMessage, ServerResponse } from 'node:http';
import ipaddr from 'ipaddr.js';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { acceptExecution } from '../executions/accept.ts';
import { readBody } from '../http/body.ts';
import { callDataOf, isLinkPreview } from '../http/call-data.ts';
import { type Endpoint, findEndpoint } from './endpoints.ts';
import { answerWhenDone, headersOf, sendAnswer } from './webhook-answer.ts';

/**
 * One webhook call, from bytes to answer. 2xx is sent only after the execution and its job are committed; anything that
 * is thrown becomes a problem document in http/respond.ts.
 */
export async function receiveWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  endpointId: string,
  url: URL,
): Promise<void> {
  const endpoint = await findEndpoint(endpointId);
  if (!endpoint) throw notFound('webhook');
  if (!endpoint.active)
    throw new AppError('NOT_FOUND', 'This webhook is not active. Activate its workflow first.');
  const { config } = endpoint;
  const method = request.method ?? 'GET';
  if (config.httpMethod !== 'any' && config.httpMethod !== method) {
    response.setHeader('allow', config.httpMethod);
    throw new AppError('METHOD_NOT_SUPPORTED', `This webhook takes ${config.httpMethod}, not ${method}.`);
  }
  if (!isAllowed(config.options.ipAllowlist ?? '', request.socket.remoteAddress ?? '')) {
    throw new AppError('FORBIDDEN', 'This address may not call this webhook.');
  }
  if (config.options.ignoreBots && isLinkPreview(request)) {
    sendAnswer(response, { status: 204, headers: {}, kind: 'none', body: null });
    return;
  }
  const raw = await readBody(request, env().LINKFLOW_MAX_BODY_BYTES);
  const accepted = await acceptExecution({
    workspaceId: endpoint.workspaceId,
    workflowId: endpoint.workflowId,
    versionId: endpoint.versionId,
    mode: 'webhook',
    trigger: {
      nodeId: endpoint.nodeId,
      items: [{ json: callData(request, endpoint, endpointId, url, raw) }],
    },
    ...deliveryKey(request, endpointId),
    awaited: config.respond !== 'immediately',
  });
  if (config.respond === 'immediately') answerNow(response, endpoint, accepted.executionId);
  else await answerWhenDone(response, endpoint, accepted.executionId);
}

function callData(request: IncomingMessage, endpoint: Endpoint, endpointId: string, url: URL, raw: Buffer) {
  return {
    ...callDataOf(request, url, raw),
    webhookUrl: `${env().APP_URL}/webhooks/${endpointId}`,
    executionMode: 'production',
    ...(endpoint.config.options.rawBody ? { rawBody: raw.toString('utf8') } : {}),
  };
}

/** Names under which senders state the id of a delivery; a repeated one gives the execution that is already there. */
const DELIVERY_HEADERS = ['webhook-id', 'x-github-delivery', 'idempotency-key'] as const;

function deliveryKey(request: IncomingMessage, endpointId: string): { deliveryKey?: string } {
  for (const name of DELIVERY_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string' && value !== '')
      return { deliveryKey: `webhook:${endpointId}:${value.slice(0, 300)}` };
  }
  return {};
}

function answerNow(response: ServerResponse, { config }: Endpoint, executionId: string): void {
  const { responseBody, options } = config;
  sendAnswer(response, {
    status: config.responseStatus || 202, // stored, not yet done
    headers: {
      ...(responseBody ? { 'content-type': options.responseContentType || 'text/plain; charset=utf-8' } : {}),
      ...headersOf(options.responseHeaders),
    },
    ...(responseBody ? { kind: 'text', body: responseBody } : { kind: 'json', body: { executionId } }),
  });
}

function isAllowed(allowlist: string, address: string): boolean {
  const ranges = allowlist
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (ranges.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return ranges.some((range) => {
    const text = range.includes('/') ? range : `${range}/${caller.kind() === 'ipv4' ? 32 : 128}`;
    if (!ipaddr.isValidCIDR(text)) return false;
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === caller.kind() && caller.match(network, bits);
  });
}
