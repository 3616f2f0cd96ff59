import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Item } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { type Accepted, acceptExecution } from '../executions/accept.ts';
import { parseBody, readBody } from '../http/body.ts';
import { callDataOf, isLinkPreview } from '../http/call-data.ts';
import { callerAddress, isInRanges } from '../http/caller-address.ts';
import { isUpload, namedFiles, receiveUpload } from '../http/uploads.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage, openFiles } from '../storage/open.ts';
import { findWebhook, type WebhookEndpoint } from './endpoints.ts';
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
  const endpoint = await findWebhook(endpointId);
  if (!endpoint) throw notFound('webhook');
  if (!endpoint.active)
    throw new AppError('NOT_FOUND', 'This webhook is not active. Activate its workflow first.');
  const { config } = endpoint;
  const method = request.method ?? 'GET';
  if (config.httpMethod !== 'any' && config.httpMethod !== method) {
    response.setHeader('allow', config.httpMethod);
    throw new AppError('METHOD_NOT_SUPPORTED', `This webhook takes ${config.httpMethod}, not ${method}.`);
  }
  if (!isAllowed(config.options.ipAllowlist ?? '', request)) {
    throw new AppError('FORBIDDEN', 'This address may not call this webhook.');
  }
  if (config.options.ignoreBots && isLinkPreview(request)) {
    await sendAnswer(response, { status: 204, headers: {}, kind: 'none', body: null });
    return;
  }
  const accepted = await acceptCall(request, endpoint, endpointId, url);
  if (config.respond === 'immediately') await answerNow(response, endpoint, accepted.executionId);
  else await answerWhenDone(response, endpoint, accepted.executionId);
}

async function acceptCall(
  request: IncomingMessage,
  endpoint: WebhookEndpoint,
  endpointId: string,
  url: URL,
): Promise<Accepted> {
  const { LINKFLOW_MAX_BODY_BYTES, LINKFLOW_MAX_UPLOAD_BYTES, APP_URL } = env();
  const { rawBody } = endpoint.config.options;
  const accept = (body: unknown, more: { id?: string; files?: Item['files']; raw?: Buffer }) => {
    const json = {
      ...callDataOf(request, url, body),
      webhookUrl: `${APP_URL}/webhooks/${endpointId}`,
      executionMode: 'production',
      ...(rawBody && more.raw ? { rawBody: more.raw.toString('utf8') } : {}),
    };
    return acceptExecution({
      ...(more.id ? { id: more.id } : {}),
      workspaceId: endpoint.workspaceId,
      workflowId: endpoint.workflowId,
      versionId: endpoint.versionId,
      mode: 'webhook',
      trigger: { nodeId: endpoint.nodeId, items: [{ json, ...(more.files ? { files: more.files } : {}) }] },
      ...deliveryKey(request, endpointId),
      awaited: endpoint.config.respond !== 'immediately',
    });
  };
  if (!isUpload(request)) {
    const raw = await readBody(request, LINKFLOW_MAX_BODY_BYTES);
    return accept(parseBody(raw, request.headers['content-type'] ?? ''), { raw });
  }
  const id = newId(); // files belong to an execution, so it has its id before it is there
  const { workspaceId } = endpoint;
  let kept = false;
  try {
    const { body, uploads } = await receiveUpload(
      request,
      openFiles(workspaceId, id),
      LINKFLOW_MAX_UPLOAD_BYTES,
    );
    const accepted = await accept(body, { id, files: namedFiles(uploads) });
    kept = accepted.fresh;
    return accepted;
  } finally {
    if (!kept) await getStorage().deletePrefix(filesOf(workspaceId, id));
  }
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

function isAllowed(allowlist: string, request: IncomingMessage): boolean {
  const ranges = allowlist
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return ranges.length === 0 || isInRanges(callerAddress(request), ranges);
}
