import { core, list, on } from '../n8n-export-values.ts';
import type { ExportedNode } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { isPlain } from '../paths.ts';
import { theirProxy } from './export-n8n-proxy.ts';

type Values = Record<string, unknown>;

/** The first version, which took a list in the answer as one item; undefined for what it cannot send. */
export function firstVersionOf(parameters: Values): ExportedNode | undefined {
  const options = record(parameters.options);
  const body = bodyOf(parameters);
  const asRows = parameters.queryAs === 'rows' && parameters.headersAs === 'rows';
  const proves = parameters.authentication !== 'none' || parameters.sendCertificate === true;
  if (!body || !asRows || proves || parameters.pages !== 'one') return undefined;
  const { options: bodyOptions, ...bodyParameters } = body;
  const { proxy, todo, same } = theirProxy(options);
  const first = {
    requestMethod: parameters.method,
    url: parameters.url,
    queryParametersUi: rowsOf(parameters.query),
    headerParametersUi: rowsOf(parameters.headers),
    ...bodyParameters,
    dataPropertyName: options.responseField,
    options: compact({
      ...record(bodyOptions),
      fullResponse: on(options.fullResponse),
      ignoreResponseCode: on(options.neverError),
      timeout: options.timeoutMs,
      followRedirect: options.followRedirects === false ? false : undefined,
      batchSize: options.concurrency,
      batchInterval: options.batchPauseMs,
      proxy,
    }),
  };
  return core('httpRequest', 1, first, { approximated: todo, same });
}

function bodyOf({ body, jsonBody, formFields, rawBody, contentType, bodyFile }: Values): Values | undefined {
  if (body === 'none') return {};
  if (body === 'json') {
    if (!isPlain(jsonBody)) return { jsonParameters: true, bodyParametersJson: jsonBody };
    const parameter = Object.entries(jsonBody).map(([name, value]) => ({ name, value }));
    return { bodyParametersUi: { parameter } };
  }
  if (body === 'form')
    return { bodyParametersUi: rowsOf(formFields), options: { bodyContentType: 'form-urlencoded' } };
  if (body === 'raw')
    return {
      jsonParameters: true,
      bodyParametersJson: rawBody,
      options: { bodyContentType: 'raw', bodyContentCustomMimeType: contentType },
    };
  if (body === 'file') return { sendBinaryData: true, binaryPropertyName: bodyFile };
  return undefined;
}

function rowsOf(value: unknown): Values | undefined {
  const parameter = list(value);
  return parameter.length > 0 ? { parameter } : undefined;
}
