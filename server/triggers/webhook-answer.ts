import type { ServerResponse } from 'node:http';
import type { EngineEvent, WebhookResponse } from '#engine/events.ts';
import type { Item } from '#engine/item.ts';
import { getWorkerScope } from '../auth/worker-scope.ts';
import { AppError } from '../errors.ts';
import { sendJson } from '../http/respond.ts';
import { streamEvents } from '../live/stream.ts';
import type { Endpoint } from './endpoints.ts';

/** A caller that waits gets an answer within this time, if only that it must not wait longer. */
const MAX_WAIT_MS = 120_000;

/** Answers with what a respond node said, or with the items of the node that ended last. */
export async function answerWhenDone(
  response: ServerResponse,
  endpoint: Endpoint,
  executionId: string,
): Promise<void> {
  const scope = getWorkerScope(endpoint.workspaceId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  let lastItems: Item[] = [];
  for await (const event of streamEvents(scope, executionId, 0, signal)) {
    if (event.type === 'node.completed') {
      if (event.response && endpoint.config.respond === 'respond-node') return send(response, event.response);
      lastItems = Object.values(event.outputs).find((items) => items.length > 0) ?? lastItems;
    }
    const failure = failureOf(event);
    if (failure)
      return sendJson(response, 500, {
        type: 'about:blank',
        title: 'EXECUTION_FAILED',
        status: 500,
        detail: failure,
        executionId,
      });
    if (event.type === 'execution.completed')
      return send(response, completed(endpoint, lastItems, executionId));
  }
  if (gone.signal.aborted) return;
  throw new AppError('TIMEOUT', 'The workflow has not answered yet; it goes on.', { executionId });
}

function failureOf(event: EngineEvent): string | null {
  if (event.type === 'execution.failed') return event.error.message;
  return event.type === 'execution.cancelled' ? 'The execution was cancelled.' : null;
}

function completed(endpoint: Endpoint, items: Item[], executionId: string): WebhookResponse {
  const { config } = endpoint;
  const headers = Object.fromEntries((config.options.responseHeaders ?? []).map((h) => [h.name, h.value]));
  const status = config.responseStatus === 202 ? 200 : config.responseStatus; // 202 is the default for answers before the end
  if (config.respond === 'respond-node')
    return { status: 200, headers: {}, kind: 'json', body: { executionId } };
  if (config.respondWith === 'no-data') return { status, headers, kind: 'none', body: null };
  const body = config.respondWith === 'all-items' ? items.map((i) => i.json) : (items[0]?.json ?? {});
  return { status, headers, kind: 'json', body };
}

/** What users answer is theirs, not ours: a page of theirs must not act in the origin of the app. */
const SANDBOX = 'sandbox allow-forms allow-modals allow-popups allow-scripts allow-downloads';
const FORBIDDEN_HEADERS = new Set([
  'set-cookie',
  'content-length',
  'transfer-encoding',
  'connection',
  'content-security-policy',
]);

function send(response: ServerResponse, answer: WebhookResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!FORBIDDEN_HEADERS.has(name.toLowerCase()) && /^[\w-]+$/.test(name))
      response.setHeader(name, String(value).replace(/[\r\n]/g, ' '));
  }
  response.setHeader('content-security-policy', SANDBOX);
  response.setHeader('x-content-type-options', 'nosniff');
  if (answer.kind === 'none') {
    response.writeHead(answer.status).end();
    return;
  }
  const text = answer.kind === 'json' ? JSON.stringify(answer.body) : String(answer.body ?? '');
  if (!response.hasHeader('content-type')) {
    response.setHeader(
      'content-type',
      answer.kind === 'json' ? 'application/json' : 'text/html; charset=utf-8',
    );
  }
  response.writeHead(answer.status).end(text);
}
