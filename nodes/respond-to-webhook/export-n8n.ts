import { core, inverted, jsonText, list, sameJson } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

const KINDS = inverted({
  firstIncomingItem: 'first-item',
  allIncomingItems: 'all-items',
  json: 'json',
  text: 'text',
  redirect: 'redirect',
  noData: 'no-data',
  binary: 'file',
});

export const exporter: N8nExporter = ({ parameters }, { stated }) => {
  const kind = String(parameters.respondWith);
  const headers = list(parameters.headers);
  return core(
    'respondToWebhook',
    1.4,
    {
      respondWith: KINDS[kind] ?? parameters.respondWith,
      responseBody:
        kind === 'json' ? jsonText(parameters.json) : kind === 'text' ? parameters.text : undefined,
      // Without a name theirs takes the first file, as ours does.
      ...(kind === 'file' && stated.file ? { responseDataSource: 'set', inputFieldName: stated.file } : {}),
      redirectURL: kind === 'redirect' ? parameters.redirectUrl : undefined,
      options: compact({
        responseCode: parameters.status,
        responseHeaders: headers.length > 0 ? { entries: headers } : undefined,
        responseKey: record(parameters.options).responseKey,
      }),
    },
    { outputs: ['main'], same: kind === 'json' ? sameJson('json', parameters.json) : [] },
  );
};
