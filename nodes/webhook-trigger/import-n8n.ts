import type { N8nImporter, N8nNode } from '../n8n.ts';
import { compact, pairs, record, rows, text } from '../n8n-values.ts';

const METHODS: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
const RESPOND: Record<string, string> = { lastNode: 'last-node', responseNode: 'respond-node' };
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
      return {
        type: 'webhook-trigger',
        parameters: compact({
          httpMethod: methodOf(parameters.httpMethod),
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
            rawBody: options.rawBody === true || undefined,
            ignoreBots: options.ignoreBots === true || undefined,
          }),
        }),
        // With several methods it has one output per method; ours has one for all.
        ...(Array.isArray(parameters.httpMethod) ? { outputs: parameters.httpMethod.map(() => 'main') } : {}),
        ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
      };
    },
  },
];

function methodOf(value: unknown): string {
  if (Array.isArray(value)) return 'any';
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
  if (text(parameters.authentication, 'none') !== 'none')
    reasons.push('Its authentication must be set up again.');
  if (Array.isArray(parameters.httpMethod)) reasons.push('Its methods share one output here.');
  if (text(parameters.path).includes(':'))
    reasons.push('Its path has parameters; the address here is a fixed one.');
  const options = record(parameters.options);
  if (text(options.allowedOrigins, '*') !== '*')
    reasons.push('It allowed calls by scripts of certain sites only.');
  if (parameters.responseMode === 'streaming')
    reasons.push('It streamed its answer; here it answers at once.');
  return reasons;
}
