import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, jsonObject, pairs, record, rows, text } from '../n8n-values.ts';
import { jsonFields, mapFirstVersions } from './import-n8n-old.ts';

type Values = Record<string, unknown>;
type Pairs = { name: string; value: unknown }[];

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.httpRequest'],
    map: (node, version) => (version < 3 ? mapFirstVersions(node, version) : mapNode(node)),
  },
];

function mapNode({ parameters }: N8nNode): ImportedNode | string {
  const query = parameters.sendQuery === true ? pairsOf(parameters, 'Query') : [];
  const headers = parameters.sendHeaders === true ? pairsOf(parameters, 'Headers') : [];
  if (!query || !headers) return 'Its query or headers are JSON made by an expression.';
  const body = parameters.sendBody === true ? bodyOf(parameters) : {};
  if (typeof body === 'string') return body;
  const options = record(parameters.options);
  const reasons = losses(parameters, options);
  return {
    type: 'http-request',
    parameters: compact({
      method: parameters.method ?? 'GET',
      url: parameters.url ?? '',
      query: query.length > 0 ? query : undefined,
      headers: headers.length > 0 ? headers : undefined,
      ...body,
      options: optionsOf(options),
    }),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

/** Rows, or the fields of a JSON text whose values may hold templates; undefined when the text is no JSON as it stands. */
function pairsOf(parameters: Values, what: 'Query' | 'Headers'): Pairs | undefined {
  if (parameters[`specify${what}`] !== 'json') {
    return pairs(rows(parameters[what === 'Query' ? 'queryParameters' : 'headerParameters'], 'parameters'));
  }
  const json = jsonObject(parameters[`json${what}`] ?? '{}');
  return json && Object.entries(json).map(([name, value]) => ({ name, value: textOf(value) }));
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The body's parameters, or why there is no such body here. */
function bodyOf(parameters: Values): Values | string {
  const fields = rows(parameters.bodyParameters, 'parameters');
  const type = text(parameters.contentType, 'json');
  switch (type) {
    case 'json':
      if (text(parameters.specifyBody, 'keypair').replace(/^=/, '') !== 'json') return jsonFields(fields);
      return { body: 'json', jsonBody: parameters.jsonBody ?? {} };
    case 'form-urlencoded':
      if (parameters.specifyBody === 'string') {
        return {
          body: 'raw',
          rawBody: parameters.body ?? '',
          contentType: 'application/x-www-form-urlencoded',
        };
      }
      return { body: 'form', formFields: pairs(fields) };
    case 'multipart-form-data':
      if (fields.some((row) => row.parameterType === 'formBinaryData')) return 'It sends a file.';
      return { body: 'multipart', formFields: pairs(fields) };
    case 'raw':
      return {
        body: 'raw',
        rawBody: parameters.body ?? '',
        contentType: parameters.rawContentType ?? 'text/plain',
      };
    default:
      return type === 'binaryData' ? 'It sends a file.' : `It sends a body of type ${type}.`;
  }
}

function optionsOf(options: Values): Values {
  const response = record(record(options.response).response);
  const redirect = record(record(options.redirect).redirect);
  const batch = record(record(options.batching).batch);
  const format = text(response.responseFormat, 'autodetect');
  const size = Number(batch.batchSize ?? 50);
  return compact({
    responseFormat: format === 'autodetect' ? undefined : format,
    responseField: text(response.outputPropertyName) || undefined,
    fullResponse: response.fullResponse === true || undefined,
    neverError: response.neverError === true || undefined,
    timeoutMs: options.timeout,
    followRedirects: redirect.followRedirects === false ? false : undefined,
    queryArrays: text(options.queryParameterArrays) || undefined,
    ...(options.batching === undefined
      ? {}
      : {
          concurrency: size > 0 ? Math.min(100, size) : undefined,
          batchPauseMs: Number(batch.batchInterval ?? 1000),
        }),
  });
}

function losses(parameters: Values, options: Values): string[] {
  const reasons: string[] = [];
  const authentication = text(parameters.authentication, 'none');
  if (authentication !== 'none') {
    const type = text(parameters.genericAuthType) || text(parameters.nodeCredentialType) || authentication;
    reasons.push(`Its credential (${type}) must be set up again.`);
  }
  if (record(options.pagination).pagination !== undefined) reasons.push('It fetches one page only.');
  if (options.proxy !== undefined) reasons.push('Its proxy is not used.');
  if (options.allowUnauthorizedCerts === true) reasons.push('Certificates are always checked.');
  return reasons;
}
