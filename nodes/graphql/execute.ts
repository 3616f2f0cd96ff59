import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { HttpRequest } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import { urlOf } from '../http-request/request.ts';
import { statusError, textOf } from '../http-request/response.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { isPlain } from '../paths.ts';
import { graphql } from './definition.ts';

type Input = InputOf<(typeof graphql)['operations']['default']['fields']>;

const AT_ONCE = 10;

export const graphqlNode = implement(graphql, {
  default: (context) =>
    forEachItem(context, (_item, itemIndex, input) => ask(context, input, itemIndex), {
      concurrency: AT_ONCE,
    }),
});

async function ask(context: OperationContext<Input>, input: Input, itemIndex: number): Promise<Item> {
  const variables = jsonValue(context, 'variables', input.variables, itemIndex);
  const request = requestOf(input, variables, context.idempotencyKey(itemIndex));
  const response = await context.services.http.request({ ...request, signal: context.signal });
  const text = textOf(response);
  // Many servers state the errors of a query with a status of 4xx.
  const answer = parsed(text);
  if (!input.options.keepErrors && isPlain(answer)) failOnErrors(answer);
  if (response.status >= 400) throw statusError(response, context.services.now());
  const source = sourceAt(itemIndex);
  if (input.options.responseFormat === 'text')
    return { json: { [input.options.responseField || 'data']: text }, source };
  if (!isPlain(answer)) {
    throw new NodeError('upstream', 'The answer is not a JSON object.', {
      retryable: false,
      detail: text.slice(0, 1000),
    });
  }
  return { json: answer, source };
}

function requestOf(input: Input, variables: unknown, idempotencyKey: string): HttpRequest {
  const headers: Record<string, string> = {};
  for (const { name, value } of input.headers)
    if (name.trim() !== '') headers[name.trim().toLowerCase()] = value;
  const request: HttpRequest = {
    method: input.method,
    url: urlOf(input.endpoint, 'endpoint'),
    headers,
    timeoutMs: input.options.timeoutMs ?? 300_000,
    ...(input.authentication === 'credential' ? { credential: 'auth' } : {}),
  };
  const bare = input.options.format === 'graphql';
  const operationName = input.operationName === '' ? null : input.operationName;
  if (input.method === 'GET') {
    const hasVariables = isPlain(variables) && Object.keys(variables).length > 0;
    request.query = {
      query: input.query,
      ...(hasVariables && !bare ? { variables: JSON.stringify(variables) } : {}),
      ...(operationName !== null && !bare ? { operationName } : {}),
    };
    return request;
  }
  headers['content-type'] ??= bare ? 'application/graphql' : 'application/json';
  if (/^\s*mutation\b/m.test(input.query)) headers['idempotency-key'] ??= idempotencyKey;
  request.body = bare
    ? input.query
    : JSON.stringify({ query: input.query, variables: variables ?? {}, operationName });
  return request;
}

/** An answer may hold errors whatever its status says. */
function failOnErrors({ errors }: JsonObject): void {
  if (!Array.isArray(errors) || errors.length === 0) return;
  const messages = errors.map((error) =>
    isPlain(error) && typeof error.message === 'string' ? error.message : JSON.stringify(error),
  );
  throw new NodeError('upstream', messages.join(', '), {
    retryable: false,
    detail: JSON.stringify(errors).slice(0, 2000),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON: right for an answer that is read as text
  }
}
