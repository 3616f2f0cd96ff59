import type { ImportedNode, N8nNode } from '../n8n.ts';
import { compact, jsonObject, pairs, record, rows, text } from '../n8n-values.ts';
import { authOf } from './import-n8n-auth.ts';

type Values = Record<string, unknown>;

const FORMATS: Record<string, string> = { string: 'text', file: 'file', json: 'json' };
const WITH_BODY: ReadonlySet<unknown> = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** Version 1 and 2 had other names, answers in JSON unless told otherwise, and JSON for all parameters at once. */
export function mapFirstVersions(node: N8nNode, version: number): ImportedNode {
  const { parameters } = node;
  const options = record(parameters.options);
  const asJson = parameters.jsonParameters === true;
  const method = parameters.requestMethod ?? 'GET';
  const auth = authOf(parameters);
  const format = FORMATS[text(parameters.responseFormat, 'json')];
  const reasons = auth.todo ? [auth.todo] : [];
  if (parameters.allowUnauthorizedCerts === true) reasons.push('Certificates are always checked.');
  return {
    type: 'http-request',
    ...(auth.credentials ? { credentials: auth.credentials } : {}),
    parameters: compact({
      method,
      url: parameters.url ?? '',
      ...auth.parameters,
      ...(asJson
        ? {
            ...fromJson('query', parameters.queryParametersJson),
            ...fromJson('headers', parameters.headerParametersJson),
          }
        : {
            ...fromRows('query', parameters.queryParametersUi),
            ...fromRows('headers', parameters.headerParametersUi),
          }),
      ...(WITH_BODY.has(method) || hasTemplate(method)
        ? { ...bodyOf(parameters, options, asJson), ...filesOf(parameters) }
        : {}),
      options: compact({
        responseFormat: format,
        responseField: text(parameters.dataPropertyName) || undefined,
        fullResponse: options.fullResponse === true || undefined,
        neverError: options.ignoreResponseCode === true || undefined,
        listAs: version < 2 && format === 'json' && options.splitIntoItems !== true ? 'whole' : undefined,
        timeoutMs: numberOr(options.timeout) || undefined,
        followRedirects: options.followRedirect === false ? false : undefined,
        proxy: text(options.proxy) || undefined,
        queryArrays: options.useQueryString === true ? undefined : listsIn(parameters, asJson),
        ...batching(options),
        ...onErrorOptions(node),
      }),
    }),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

/** Name and value rows of a JSON body; values keep their type. Names that are worked out need rows of their own. */
export const jsonFields = (fields: Values[]): Values => {
  const given = pairs(fields);
  if (given.some(({ name }) => hasTemplate(name)))
    return { body: 'fields', bodyFields: given.map((row) => ({ ...row, type: 'any' })) };
  return {
    body: 'json',
    jsonBody: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
};

/** Where a failure goes on, it went on as an object. */
export function onErrorOptions({ onError, continueOnFail }: N8nNode): Values {
  const goesOn = onError === undefined ? continueOnFail === true : onError !== 'stopWorkflow';
  return { errorDetails: goesOn || undefined };
}

/** A number, or a template that gives one; anything else counts as not stated. */
export function numberOr(value: unknown): number | string | undefined {
  if (hasTemplate(value)) return value as string;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const hasTemplate = (value: unknown) => typeof value === 'string' && value.includes('{{');

const batching = (options: Values): Values => {
  const size = Number(options.batchSize);
  const pause = Number(options.batchInterval);
  if (options.batchSize === undefined && options.batchInterval === undefined) return {};
  return {
    concurrency: size > 0 ? Math.min(100, size) : undefined,
    batchPauseMs: pause > 0 ? pause : options.batchSize === undefined || pause === 0 ? undefined : 1000,
  };
};

/** Only a value that is worked out, or JSON, can hold a list. */
function listsIn(parameters: Values, asJson: boolean): string | undefined {
  if (asJson) return parameters.queryParametersJson ? 'brackets' : undefined;
  const values = rows(parameters.queryParametersUi, 'parameter').map((row) => row.value);
  return values.some(hasTemplate) ? 'brackets' : undefined;
}

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
  const json = asJson ? jsonObject(parameters.bodyParametersJson || '{}') : undefined;
  const formFields = json
    ? Object.entries(json).map(([name, v]) => ({
        name,
        value: typeof v === 'string' ? v : JSON.stringify(v),
      }))
    : pairs(fields);
  return { body: type === 'form-urlencoded' ? 'form' : 'multipart', formFields };
}

/** One file is the body; several, as `field:file,field:file`, are parts of a form. */
function filesOf(parameters: Values): Values {
  if (parameters.sendBinaryData !== true) return {};
  const files = text(parameters.binaryPropertyName, 'data')
    .split(',')
    .map((part) => part.split(':').map((name) => name.trim()))
    .filter(([name]) => name !== '');
  const [first] = files;
  if (files.length <= 1 && first?.[1] === undefined && parameters.bodyContentType !== 'multipart-form-data')
    return { body: 'file', bodyFile: first?.[0] ?? 'data' };
  return {
    body: 'multipart',
    fileFields: files.map(([name, file]) => ({ name, file: file ?? name })),
  };
}

function fromRows(name: 'query' | 'headers', value: unknown): Values {
  const given = pairs(rows(value, 'parameter'));
  return given.length > 0 ? { [name]: given } : {};
}

/** Rows where the JSON can be read as it stands; one that a template makes stays JSON. */
function fromJson(name: 'query' | 'headers', value: unknown): Values {
  if (value === undefined || value === '') return {};
  const json = jsonObject(value);
  if (!json || Object.keys(json).some(hasTemplate)) return { [`${name}As`]: 'json', [`${name}Json`]: value };
  const given = Object.entries(json).map(([key, v]) => ({
    name: key,
    value: typeof v === 'string' ? v : JSON.stringify(v),
  }));
  return given.length > 0 ? { [name]: given } : {};
}
