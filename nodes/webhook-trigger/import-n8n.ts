import type { N8nImporter, N8nNode } from '../n8n.ts';
import { compact, pairs, record, rows, text } from '../n8n-values.ts';
import { portOf } from './definition.ts';

const METHODS: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
const RESPOND: Record<string, string> = { lastNode: 'last-node', responseNode: 'respond-node' };
const AUTHENTICATION: Record<string, string> = { basicAuth: 'basic', headerAuth: 'header', jwtAuth: 'jwt' };
const RESPOND_WITH: Record<string, string> = {
  allEntries: 'all-items',
  noData: 'no-data',
  firstEntryBinary: 'first-file',
};

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.webhook'],
    map: (node) => {
      const { parameters } = node;
      const options = record(parameters.options);
      const status = statusOf(parameters.responseCode, options.responseCode);
      const reasons = losses(node);
      const several = severalMethods(parameters.httpMethod);
      return {
        type: 'webhook-trigger',
        parameters: compact({
          httpMethod: several ? 'several' : methodOf(parameters.httpMethod),
          methods: several?.map((method) => ({ method })),
          authentication: AUTHENTICATION[text(parameters.authentication)],
          respond: RESPOND[text(parameters.responseMode)] ?? 'immediately',
          responseStatus: status,
          responseBody: text(options.responseData) || undefined,
          respondWith: RESPOND_WITH[text(parameters.responseData)] ?? 'first-item',
          responseField: text(options.responsePropertyName) || undefined,
          responseFile:
            parameters.responseData === 'firstEntryBinary'
              ? text(parameters.responseBinaryPropertyName, 'data')
              : undefined,
          options: compact({
            noBody: options.noResponseBody === true || undefined,
            responseHeaders: headersOf(options.responseHeaders),
            responseContentType: text(options.responseContentType) || undefined,
            ipAllowlist: text(options.ipWhitelist) || undefined,
            path: pathOf(parameters.path),
            // theirs lets scripts of all sites call unless it names some
            allowedOrigins: text(options.allowedOrigins) || '*',
            rawBodyFile: options.rawBody === true || undefined,
            ignoreBots: options.ignoreBots === true || undefined,
          }),
        }),
        // one output for each of all methods is one for any method here
        ...(Array.isArray(parameters.httpMethod)
          ? { outputs: (several ?? parameters.httpMethod.map(() => 'main')).map(portOf) }
          : {}),
        ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
      };
    },
  },
];

/** One output each, in the order of the list; undefined: it has one method only, or all there are. */
function severalMethods(value: unknown): string[] | undefined {
  const methods = listed(value);
  return methods.length > 0 && methods.length < METHODS.size ? methods : undefined;
}
const listed = (value: unknown): string[] =>
  Array.isArray(value) ? [...new Set(value.filter((method) => METHODS.has(method)).map(String))] : [];

/** A path without parameters only names the address there, and ours has a name of its own. */
function pathOf(value: unknown): string | undefined {
  const path = text(value).replace(/^\/+|\/+$/g, '');
  return isDynamic(path) && !path.includes('{{') ? path : undefined;
}
const isDynamic = (path: string) => /(?:^|\/):/.test(path);

function methodOf(value: unknown): string {
  if (listed(value).length === METHODS.size) return 'any';
  return METHODS.has(value) ? String(value) : 'GET';
}

/** The first version had it among the parameters; later ones choose one or write their own. */
function statusOf(parameter: unknown, option: unknown): number {
  const [row] = rows(option, 'values');
  const chosen = row?.responseCode === 'customCode' ? row.customCode : row?.responseCode;
  const status = Number(parameter ?? chosen ?? 200);
  return Number.isInteger(status) && status >= 200 && status < 600 ? status : 200;
}

function headersOf(value: unknown) {
  const list = pairs(rows(value, 'entries'));
  return list.length > 0 ? list : undefined;
}

function losses({ parameters }: N8nNode): string[] {
  const reasons: string[] = [];
  const authentication = text(parameters.authentication, 'none');
  if (authentication !== 'none' && !AUTHENTICATION[authentication])
    reasons.push('Its authentication must be set up again.');
  const path = text(parameters.path);
  if (path.includes('{{') && isDynamic(path))
    reasons.push('The parameters of its path come from a template.');
  if (listed(parameters.httpMethod).length === METHODS.size)
    reasons.push('Its methods share one output here.');
  if (parameters.responseMode === 'streaming')
    reasons.push('It streamed its answer; here it answers at once.');
  return reasons;
}
