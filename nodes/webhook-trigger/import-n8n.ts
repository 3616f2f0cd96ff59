import type { N8nImporter, N8nNode } from '../n8n.ts';
import { compact, pairs, record, rows, text } from '../n8n-values.ts';

const METHODS: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
const RESPOND: Record<string, string> = { lastNode: 'last-node', responseNode: 'respond-node' };
const RESPOND_WITH: Record<string, string> = { allEntries: 'all-items', noData: 'no-data' };

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
          options: compact({
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
  if (parameters.responseData === 'firstEntryBinary')
    reasons.push('It answered with a file; here with the first item.');
  const options = record(parameters.options);
  if (options.noResponseBody === true) reasons.push('It answered without a body; here with a short message.');
  if (text(options.responsePropertyName) !== '')
    reasons.push('It answered with one field of the item; here with the whole item.');
  if (text(options.allowedOrigins, '*') !== '*')
    reasons.push('It allowed calls by scripts of certain sites only.');
  if (parameters.responseMode === 'streaming')
    reasons.push('It streamed its answer; here it answers at once.');
  return reasons;
}
