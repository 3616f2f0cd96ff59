import { core, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { methodsOf, portOf } from './definition.ts';

type Values = Record<string, unknown>;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
const AUTHENTICATION: Record<string, string> = { basic: 'basicAuth', header: 'headerAuth', jwt: 'jwtAuth' };
const MODES: Record<string, string> = { 'last-node': 'lastNode', 'respond-node': 'responseNode' };
const DATA: Record<string, string> = {
  'all-items': 'allEntries',
  'no-data': 'noData',
  'first-file': 'firstEntryBinary',
};
/** Those that can be chosen; any other is written down. */
const CODES: ReadonlySet<unknown> = new Set([200, 201, 204, 301, 302, 304, 400, 401, 403, 404]);

export const exporter: N8nExporter = ({ id, parameters }) => {
  const options = record(parameters.options);
  const any = parameters.httpMethod === 'any';
  const several = parameters.httpMethod === 'several';
  const methods = any ? METHODS : methodsOf(parameters.methods).filter((name) => METHODS.includes(name));
  const headers = list(options.responseHeaders);
  const status = parameters.responseStatus ?? (parameters.respond === 'immediately' ? 202 : 200);
  return core(
    'webhook',
    2,
    {
      path: options.path || id,
      authentication: AUTHENTICATION[String(parameters.authentication)],
      ...(any || several
        ? { multipleMethods: true, httpMethod: methods }
        : { httpMethod: parameters.httpMethod === 'GET' ? undefined : parameters.httpMethod }),
      responseMode: MODES[String(parameters.respond)],
      responseData: DATA[String(parameters.respondWith)],
      responseBinaryPropertyName:
        parameters.respondWith === 'first-file' ? parameters.responseFile || undefined : undefined,
      options: compact({
        responsePropertyName: parameters.responseField || undefined,
        noResponseBody: options.noBody,
        responseCode: status === 200 ? undefined : codeOf(status),
        responseData: parameters.responseBody || undefined,
        responseHeaders: headers.length > 0 ? { entries: headers } : undefined,
        responseContentType: options.responseContentType,
        ipWhitelist: options.ipAllowlist,
        allowedOrigins: options.allowedOrigins === '*' ? undefined : options.allowedOrigins,
        rawBody: options.rawBodyFile,
        ignoreBots: options.ignoreBots,
      }),
    },
    {
      webhook: true,
      // theirs lets scripts of all sites call unless it names some
      same: [
        'responseStatus',
        ...(any ? ['httpMethod', 'methods'] : []),
        ...(options.allowedOrigins ? [] : ['allowedOrigins']),
      ],
      // with several methods, theirs has one output per method
      ...(any ? { outputs: methods.map(() => 'main') } : several ? { outputs: methods.map(portOf) } : {}),
      approximated: 'It gets another address in n8n.',
    },
  );
};

const codeOf = (status: unknown): Values => ({
  values: CODES.has(status) ? { responseCode: status } : { responseCode: 'customCode', customCode: status },
});
