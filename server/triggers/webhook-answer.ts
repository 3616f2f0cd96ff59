import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebhookResponse } from '#engine/events.ts';
import { type FileRef, type Item, isStored, type Output, shownItems } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { getPath } from '#nodes/paths.ts';
import { loadItems, openFiles } from '../storage/open.ts';
import { awaitResult } from './await-result.ts';
import type { WebhookEndpoint } from './endpoints.ts';

/** Answers with what a respond node said, or with the items of the node that ended last. */
export async function answerWhenDone(
  response: ServerResponse,
  endpoint: WebhookEndpoint,
  executionId: string,
): Promise<void> {
  const { workspaceId, config } = endpoint;
  const respondNode = config.respond === 'respond-node';
  const result = await awaitResult(response, { workspaceId, executionId, respondNode });
  if (!result) return;
  const files = openFiles(workspaceId, executionId);
  if (result.kind === 'response') await sendAnswer(response, result.response, files);
  else if (result.kind === 'failed') await sendAnswer(response, failed(result.message, executionId));
  else {
    const items = await answeredItems(endpoint, result.last);
    await sendAnswer(response, completed(endpoint, items, executionId), files);
  }
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
  if (config.respondWith === 'all-items')
    return { status, headers, kind: 'json', body: items.map((i) => i.json) };
  const [first] = items;
  if (config.respondWith === 'first-file')
    return fileAnswer(first, config.responseFile, { status, headers }, executionId);
  if (config.responseField === '') return { status, headers, kind: 'json', body: first?.json ?? {} };
  const value = getPath(first?.json ?? {}, config.responseField);
  const type = config.options.responseContentType;
  // text under a content type of its own is sent as it is; without one it is JSON like everything else
  return type && typeof value === 'string'
    ? { status, headers: { 'content-type': type, ...headers }, kind: 'text', body: value }
    : { status, headers, kind: 'json', body: value ?? null };
}

function fileAnswer(
  item: Item | undefined,
  name: string,
  head: Pick<WebhookResponse, 'status' | 'headers'>,
  executionId: string,
): WebhookResponse {
  const { files = {} } = item ?? {};
  const body = name === '' ? Object.values(files)[0] : Object.hasOwn(files, name) && files[name];
  return body
    ? { ...head, kind: 'file', body }
    : failed(`The last item has no file${name === '' ? '' : ` “${name}”`} to answer with.`, executionId);
}

const failed = (detail: string, executionId: string): WebhookResponse => ({
  status: 500,
  headers: { 'content-type': 'application/problem+json' },
  kind: 'json',
  body: { type: 'about:blank', title: 'EXECUTION_FAILED', status: 500, detail, executionId },
});

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

/**
 * The one way in which a user's own words leave as an answer of this server. Header rows that HTTP cannot carry are left
 * out. `files` opens the file of an answer that is one.
 */
export async function sendAnswer(
  response: ServerResponse,
  answer: WebhookResponse,
  files?: FileDoor,
): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (FORBIDDEN.has(name.toLowerCase()) || !/^[\w-]+$/.test(name)) continue;
    response.setHeader(name, String(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, ' '));
  }
  response.setHeader('content-security-policy', SANDBOX);
  response.setHeader('x-content-type-options', 'nosniff');
  if (answer.kind === 'none') {
    response.writeHead(answer.status).end();
  } else if (answer.kind === 'file' && files) {
    await sendFile(response, answer.status, answer.body as FileRef, files);
  } else {
    const isJson = answer.kind === 'json';
    setType(response, isJson ? 'application/json' : 'text/html; charset=utf-8');
    const text = isJson ? JSON.stringify(answer.body) : String(answer.body ?? '');
    response.writeHead(answer.status).end(text);
  }
}

/** In pieces, as the caller takes them. Throws before anything was sent when the file cannot be read. */
async function sendFile(
  response: ServerResponse,
  status: number,
  file: FileRef,
  files: FileDoor,
): Promise<void> {
  const pieces = Readable.from(files.open(file));
  await once(pieces, 'readable');
  setType(response, file.mimeType);
  if (file.name && !response.hasHeader('content-disposition'))
    response.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  response.writeHead(status);
  await pipeline(pieces, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the caller has gone
  });
}

const setType = (response: ServerResponse, type: string): void => {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', type);
};
