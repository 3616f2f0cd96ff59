import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest, HttpResponse } from '#engine/node.ts';
import { hasTemplate } from '../fields.ts';
import type { OperationContext } from '../implement.ts';
import { isPlain } from '../paths.ts';
import { sleep } from './pacer.ts';
import { type HttpInput, textOf, urlOf } from './request.ts';
import { dataOf } from './response.ts';

/** Evaluates a template in which these names stand for something, besides all others. */
type EvaluateWith = (template: string, itemIndex: number, names: JsonObject) => unknown;

const MAX_BYTES = 200_000_000;
/** The same answer that often in a row: it will never end. */
const MAX_SAME = 5;
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * Sends the request and those for the pages that follow. The answers come in order; one that says that there is nothing
 * more (an empty page, or a refusal that was expected) is not among them. `send` gets whether the address is on the same
 * site as the first one. Throws what `send` throws, and NodeError(limit).
 */
export async function fetchPages(
  context: OperationContext<HttpInput>,
  input: HttpInput,
  first: HttpRequest,
  itemIndex: number,
  send: (request: HttpRequest, sameSite: boolean) => Promise<HttpResponse>,
): Promise<HttpResponse[]> {
  const pages: HttpResponse[] = [];
  const repeats = repeatGuard();
  const limit = input.maxPages ?? 100;
  let bytes = 0;
  let names: JsonObject = { $pageCount: 0, $request: requestView(first), $response: {} };
  for (let count = 1; ; count++) {
    const request = nextRequest(context, input, first, itemIndex, names);
    if (request === null) return pages;
    if (count > 1) await sleep(input.pagePauseMs ?? 0, context.signal);
    const response = await send(
      withOwnKey(request, context.idempotencyKey(itemIndex), count),
      siteOf(request.url) === siteOf(first.url),
    );
    names = { $pageCount: count, $request: requestView(request), $response: responseView(response) };
    const isLast = isComplete(context, input, itemIndex, names, response);
    const says = input.completeWhen !== 'condition' && isLast;
    if (!says || (input.completeWhen === 'status' && response.status < 400)) pages.push(response);
    if (isLast || count >= limit) return pages;
    bytes += response.body.byteLength;
    if (bytes > MAX_BYTES) throw tooMuch('The pages hold more than 200 MB.', itemIndex);
    if (repeats(response.body))
      throw tooMuch(
        `The same page came ${MAX_SAME} times in a row. Check when to stop and what changes.`,
        itemIndex,
      );
  }
}

/** Each page is a request of its own: with the same key the other side may answer the first one again. */
function withOwnKey(request: HttpRequest, key: string, count: number): HttpRequest {
  if (count === 1 || request.headers?.['idempotency-key'] !== key) return request;
  return { ...request, headers: { ...request.headers, 'idempotency-key': `${key}:${count}` } };
}

/** The status codes that end the pages instead of being failures. */
export const expectedStatus = ({ pages, completeWhen, completeStatus }: HttpInput): ReadonlySet<number> =>
  new Set(pages !== 'one' && completeWhen === 'status' ? completeStatus.split(',').map(Number) : []);

/** null: there is no next page. */
function nextRequest(
  context: OperationContext<HttpInput>,
  input: HttpInput,
  first: HttpRequest,
  itemIndex: number,
  names: JsonObject,
): HttpRequest | null {
  const value = (template: unknown) => evaluated(context, template, itemIndex, names);
  if (input.pages === 'parameters') {
    const rows = context.rawParameters.pageParameters;
    let request = first;
    for (const [index, row] of input.pageParameters.entries()) {
      const raw = Array.isArray(rows) && isPlain(rows[index]) ? rows[index] : {};
      const name = textOf(value(raw.name));
      if (name !== '' && name !== '__proto__')
        request = withParameter(request, row.place, name, value(raw.value));
    }
    return request;
  }
  if (names.$pageCount === 0) return first;
  const next = textOf(value(context.rawParameters.nextUrl)).trim();
  if (next === '') return null;
  const url = URL.canParse(next, first.url) ? new URL(next, first.url).href : next;
  return withUrl(first, urlOf(url, 'nextUrl'));
}

/** What the new address says itself is not said twice; another site gets no secrets. */
function withUrl(first: HttpRequest, url: string): HttpRequest {
  const { searchParams } = new URL(url);
  const query = Object.entries(first.query ?? {}).filter(([name]) => !searchParams.has(name));
  const isOther = siteOf(url) !== siteOf(first.url);
  const headers = Object.entries(first.headers ?? {}).filter(
    ([name]) => !(isOther && SECRET_HEADERS.includes(name)),
  );
  return { ...first, url, headers: Object.fromEntries(headers), query: Object.fromEntries(query) };
}

/** A value that is not there yet (before the first answer) leaves the request as it is. */
function withParameter(
  request: HttpRequest,
  place: 'query' | 'body' | 'headers',
  name: string,
  value: unknown,
): HttpRequest {
  if (value === undefined || value === null || value === '') return request;
  switch (place) {
    case 'query':
      return { ...request, query: { ...request.query, [name]: textOf(value) } };
    case 'headers':
      return { ...request, headers: { ...request.headers, [name.trim().toLowerCase()]: textOf(value) } };
    case 'body':
      return { ...request, ...bodyWith(request, name, value) };
  }
}

function bodyWith({ headers = {}, body }: HttpRequest, name: string, value: unknown): Partial<HttpRequest> {
  const text = typeof body === 'string' ? body : '';
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    form.set(name, textOf(value));
    return { body: form.toString() };
  }
  const json: unknown = text === '' ? {} : /[/+]json\b/.test(type) ? JSON.parse(text) : undefined;
  if (!isPlain(json))
    throw new NodeError('config', 'A parameter of the body can only change in JSON or an URL-encoded form.', {
      field: 'pageParameters',
    });
  return {
    body: JSON.stringify({ ...json, [name]: value }),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

function isComplete(
  context: OperationContext<HttpInput>,
  input: HttpInput,
  itemIndex: number,
  names: JsonObject,
  response: HttpResponse,
): boolean {
  switch (input.completeWhen) {
    case 'empty':
      return response.body.byteLength === 0 || isEmpty(dataOf(response));
    case 'status':
      return expectedStatus(input).has(response.status);
    case 'condition': {
      const value = evaluated(context, context.rawParameters.completeCondition, itemIndex, names);
      return value === true || textOf(value).trim().toLowerCase() === 'true';
    }
  }
}

const isEmpty = (body: unknown): boolean =>
  body === null ||
  (typeof body === 'string' ? body.trim() === '' : false) ||
  (typeof body === 'object' && Object.keys(body).length === 0);

function evaluated(
  context: OperationContext<HttpInput>,
  template: unknown,
  itemIndex: number,
  names: JsonObject,
): unknown {
  if (typeof template !== 'string' || !hasTemplate(template)) return template;
  const evaluate: EvaluateWith = context.evaluate;
  return evaluate(template, itemIndex, names);
}

const responseView = (response: HttpResponse): JsonObject => ({
  body: dataOf(response),
  headers: response.headers,
  statusCode: response.status,
  statusMessage: response.statusText,
});

const requestView = ({ method, url, headers = {}, query = {}, body }: HttpRequest): JsonObject => ({
  method,
  url,
  headers,
  qs: query,
  body: typeof body === 'string' ? jsonOr(body) : undefined,
});

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a body that is not JSON is shown as it is
  }
}

const siteOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

function repeatGuard(): (body: Uint8Array) => boolean {
  let last: Uint8Array | undefined;
  let same = 1;
  return (body) => {
    same = last && body.byteLength > 0 && Buffer.compare(last, body) === 0 ? same + 1 : 1;
    last = body;
    return same >= MAX_SAME;
  };
}

const tooMuch = (message: string, itemIndex: number) =>
  new NodeError('limit', message, { field: 'pages', itemIndex });
