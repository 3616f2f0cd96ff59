import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, jsonObject, pairs, record, rows, text } from '../n8n-values.ts';
import { authOf, certificateOf } from './import-n8n-auth.ts';
import { jsonFields, mapFirstVersions, numberOr, onErrorOptions } from './import-n8n-old.ts';
import { pagesOf } from './import-n8n-pages.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.httpRequest'],
    map: (node, version) => (version < 3 ? mapFirstVersions(node, version) : mapNode(node, version)),
  },
];

function mapNode(node: N8nNode, version: number): ImportedNode | string {
  const { parameters } = node;
  const body = parameters.sendBody === true ? bodyOf(parameters) : {};
  if (typeof body === 'string') return body;
  const options = record(parameters.options);
  const auth = authOf(parameters);
  const certificate = certificateOf(parameters);
  const query = parameters.sendQuery === true ? rowsOrJson(parameters, 'Query') : {};
  const reasons = [...(auth.todo ? [auth.todo] : []), ...losses(options)];
  return {
    type: 'http-request',
    ...(auth.credentials || certificate.credentials
      ? { credentials: { ...auth.credentials, ...certificate.credentials } }
      : {}),
    parameters: compact({
      method: parameters.method ?? 'GET',
      url: parameters.url ?? '',
      ...auth.parameters,
      ...certificate.parameters,
      ...query,
      ...(parameters.sendHeaders === true ? rowsOrJson(parameters, 'Headers') : {}),
      ...body,
      ...pagesOf(options),
      options: compact({
        ...optionsOf(options, version),
        queryArrays: text(options.queryParameterArrays) || (mayHoldLists(query) ? 'brackets' : undefined),
        ...onErrorOptions(node),
      }),
      ...shortenOf(parameters),
    }),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

/** Rows, also for the fields of a JSON text whose values may hold templates; a text made by a template stays JSON. */
function rowsOrJson(parameters: Values, what: 'Query' | 'Headers'): Values {
  const [name, collection] =
    what === 'Query' ? (['query', 'queryParameters'] as const) : (['headers', 'headerParameters'] as const);
  if (parameters[`specify${what}`] !== 'json') {
    const given = pairs(rows(parameters[collection], 'parameters'));
    return given.length > 0 ? { [name]: given } : {};
  }
  const source = parameters[`json${what}`] ?? '{}';
  const json = jsonObject(source);
  if (!json || Object.keys(json).some((key) => key.includes('{{')))
    return { [`${name}As`]: 'json', [`${name}Json`]: source };
  const given = Object.entries(json).map(([key, value]) => ({ name: key, value: textOf(value) }));
  return given.length > 0 ? { [name]: given } : {};
}

/** Only a value that is worked out can be a list; without one the way of writing lists does not matter. */
function mayHoldLists({ query, queryAs }: Values): boolean {
  if (queryAs === 'json') return true;
  const values = Array.isArray(query) ? query.map((row: Values) => row.value) : [];
  return values.some((value) => typeof value !== 'string' || value.includes('{{') || value.startsWith('['));
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
      return {
        body: 'multipart',
        formFields: pairs(fields.filter((row) => row.parameterType !== 'formBinaryData')),
        ...filesOf(fields.filter((row) => row.parameterType === 'formBinaryData')),
      };
    case 'binaryData':
      return { body: 'file', bodyFile: text(parameters.inputDataFieldName, 'data') };
    case 'raw':
      return {
        body: 'raw',
        rawBody: parameters.body ?? '',
        contentType: parameters.rawContentType ?? 'text/plain',
      };
    default:
      return `It sends a body of type ${type}.`;
  }
}

const filesOf = (files: Values[]) =>
  files.length === 0
    ? {}
    : { fileFields: files.map((row) => ({ name: text(row.name), file: text(row.inputDataFieldName) })) };

function optionsOf(options: Values, version: number): Values {
  const response = record(record(options.response).response);
  const redirect = record(options.redirect).redirect;
  const batch = record(record(options.batching).batch);
  const format = text(response.responseFormat, 'autodetect');
  const size = Number(batch.batchSize ?? 50);
  // Version 3 followed a redirect only when told to, later ones unless told otherwise.
  const follows =
    redirect === undefined
      ? version >= 4
      : record(redirect).followRedirects === true ||
        (version >= 4 && record(redirect).followRedirects !== false);
  return {
    responseFormat: format === 'autodetect' ? undefined : format,
    responseField: text(response.outputPropertyName) || undefined,
    fullResponse: response.fullResponse === true || undefined,
    neverError: response.neverError === true || undefined,
    timeoutMs: numberOr(options.timeout) || undefined,
    followRedirects: follows ? undefined : false,
    proxy: text(options.proxy) || undefined,
    ...(options.batching === undefined
      ? {}
      : {
          concurrency: size > 0 ? Math.min(100, size) : undefined,
          batchPauseMs: numberOr(batch.batchInterval) ?? 1000,
        }),
  };
}

/** What the node did for language models: less of the answer. */
function shortenOf(parameters: Values): Values {
  if (parameters.optimizeResponse !== true) return {};
  const what = text(parameters.responseType, 'json');
  const keep = text(parameters.fieldsToInclude, 'all');
  const length = parameters.truncateResponse === true ? (numberOr(parameters.maxLength) ?? 1000) : undefined;
  return {
    shorten: compact({
      what,
      ...(what === 'json'
        ? {
            dataField: text(parameters.dataField) || undefined,
            keep: keep === 'all' ? undefined : keep,
            fields: keep === 'all' ? undefined : text(parameters.fields),
          }
        : {}),
      ...(what === 'html'
        ? {
            selector: text(parameters.cssSelector) || undefined,
            textOnly: parameters.onlyContent === true || undefined,
            skip: text(parameters.elementsToOmit) || undefined,
          }
        : {}),
      maxLength: length,
    }),
  };
}

const losses = (options: Values): string[] =>
  options.allowUnauthorizedCerts === true ? ['Certificates are always checked.'] : [];
