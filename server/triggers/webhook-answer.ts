import type { ServerResponse } from 'node:http';
import type { EngineEvent, WebhookResponse } from '#engine/events.ts';
import { type Item, isStored, type Output, shownItems } from '#engine/item.ts';
import { getWorkerScope } from '../auth/worker-scope.ts';
import { AppError } from '../errors.ts';
import { sendJson } from '../http/respond.ts';
import { streamEvents } from '../live/stream.ts';
import { loadItems } from '../storage/open.ts';
import type { WebhookEndpoint } from './endpoints.ts';

/** A caller that waits gets an answer within this time, if only that it must not wait longer. */
const MAX_WAIT_MS = 120_000;

/** Answers with what a respond node said, or with the items of the node that ended last. */
export async function answerWhenDone(
  response: ServerResponse,
  endpoint: WebhookEndpoint,
  executionId: string,
): Promise<void> {
  const scope = getWorkerScope(endpoint.workspaceId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  let last: Output = [];
  for await (const event of streamEvents(scope, executionId, 0, signal)) {
    if (event.type === 'node.completed') {
      if (event.response && event.response.kind !== 'form' && endpoint.config.respond === 'respond-node')
        return sendAnswer(response, event.response);
      last = Object.values(event.outputs).find((items) => items.length > 0) ?? last;
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
      return sendAnswer(response, completed(endpoint, await answeredItems(endpoint, last), executionId));
  }
  if (gone.signal.aborted) return;
  throw new AppError('TIMEOUT', 'The workflow has not answered yet; it goes on.', { executionId });
}

function failureOf(event: EngineEvent): string | null {
  if (event.type === 'execution.failed') return event.error.message;
  return event.type === 'execution.cancelled' ? 'The execution was cancelled.' : null;
}

/** The first item is in the event, unless it is too large for that. */
const answeredItems = (endpoint: WebhookEndpoint, last: Output): Promise<Item[]> | Item[] =>
  isStored(last) && (endpoint.config.respondWith === 'all-items' || last.shortened)
    ? loadItems(last)
    : shownItems(last);

function completed(endpoint: WebhookEndpoint, items: Item[], executionId: string): WebhookResponse {
  const { config } = endpoint;
  const headers = headersOf(config.options.responseHeaders);
  const status = config.responseStatus || 200;
  if (config.respond === 'respond-node')
    return { status: 200, headers: {}, kind: 'json', body: { executionId } };
  if (config.respondWith === 'no-data') return { status, headers, kind: 'none', body: null };
  const body = config.respondWith === 'all-items' ? items.map((i) => i.json) : (items[0]?.json ?? {});
  return { status, headers, kind: 'json', body };
}

/** Rows of a header list as an object. */
export const headersOf = (rows: readonly { name: string; value: string }[] = []): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, value }) => [name.toLowerCase(), value]));

/** What users answer is theirs, not ours: a page of theirs must not act in the origin of the app. */
const SANDBOX = 'sandbox allow-forms allow-modals allow-popups allow-scripts allow-downloads';
const FORBIDDEN = new Set([
  'set-cookie',
  'content-length',
  'transfer-encoding',
  'connection',
  'content-security-policy',
]);

/** The one way in which a user's own words leave as an answer of this server. Header rows that HTTP cannot carry are left out. */
export function sendAnswer(response: ServerResponse, answer: WebhookResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (FORBIDDEN.has(name.toLowerCase()) || !/^[\w-]+$/.test(name)) continue;
    response.setHeader(name, String(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, ' '));
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
