import type { ImportedNode, N8nNode } from '../n8n.ts';
import { compact, jsonObject, pairs, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const FORMATS: Record<string, string> = { string: 'text', file: 'file', json: 'json' };
const WITH_BODY: ReadonlySet<unknown> = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** Version 1 and 2 had other names, answers in JSON unless told otherwise, and JSON for all parameters at once. */
export function mapFirstVersions({ parameters }: N8nNode, version: number): ImportedNode | string {
  const options = record(parameters.options);
  if (parameters.sendBinaryData === true) return 'It sends a file.';
  const asJson = parameters.jsonParameters === true;
  const method = parameters.requestMethod ?? 'GET';
  const query = asJson ? fromJson(parameters.queryParametersJson) : pairsIn(parameters.queryParametersUi);
  const headers = asJson ? fromJson(parameters.headerParametersJson) : pairsIn(parameters.headerParametersUi);
  if (!query || !headers) return 'Its query or headers are JSON made by an expression.';
  const reasons: string[] = [];
  if (text(parameters.authentication, 'none') !== 'none')
    reasons.push('Its credential must be set up again.');
  if (version < 2 && options.splitIntoItems !== true)
    reasons.push('A list in the answer becomes one item per element.');
  return {
    type: 'http-request',
    parameters: compact({
      method,
      url: parameters.url ?? '',
      query: query.length > 0 ? query : undefined,
      headers: headers.length > 0 ? headers : undefined,
      ...(WITH_BODY.has(method) ? bodyOf(parameters, options, asJson) : {}),
      options: compact({
        responseFormat: FORMATS[text(parameters.responseFormat, 'json')],
        responseField: text(parameters.dataPropertyName) || undefined,
        fullResponse: options.fullResponse === true || undefined,
        neverError: options.ignoreResponseCode === true || undefined,
        timeoutMs: options.timeout,
        followRedirects: options.followRedirect === false ? false : undefined,
      }),
    }),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

/** Name and value rows of a JSON body; values keep their type. */
export const jsonFields = (fields: Values[]): Values => ({
  body: 'json',
  jsonBody: Object.fromEntries(pairs(fields).map(({ name, value }) => [name, value])),
});

function bodyOf(parameters: Values, options: Values, asJson: boolean): Values {
  const type = text(options.bodyContentType, 'json');
  const fields = rows(parameters.bodyParametersUi, 'parameter');
  if (type === 'raw') {
    const contentType = text(options.bodyContentCustomMimeType, 'text/plain');
    return { body: 'raw', rawBody: parameters.bodyParametersJson ?? '', contentType };
  }
  if (type === 'json') {
    if (asJson)
      return parameters.bodyParametersJson ? { body: 'json', jsonBody: parameters.bodyParametersJson } : {};
    return fields.length > 0 ? jsonFields(fields) : {};
  }
  const formFields = asJson ? (fromJson(parameters.bodyParametersJson) ?? []) : pairs(fields);
  return { body: type === 'form-urlencoded' ? 'form' : 'multipart', formFields };
}

const pairsIn = (value: unknown) => pairs(rows(value, 'parameter'));

function fromJson(value: unknown): { name: string; value: unknown }[] | undefined {
  const json = value === undefined || value === '' ? {} : jsonObject(value);
  return (
    json &&
    Object.entries(json).map(([name, v]) => ({ name, value: typeof v === 'string' ? v : JSON.stringify(v) }))
  );
}
