import type { N8nImporter } from '../n8n.ts';
import { compact, pairs, record, rows, text } from '../n8n-values.ts';

const KINDS: Record<string, string> = {
  firstIncomingItem: 'first-item',
  allIncomingItems: 'all-items',
  json: 'json',
  text: 'text',
  redirect: 'redirect',
  noData: 'no-data',
  binary: 'file',
};

const REFUSED: Record<string, string> = {
  jwt: 'It signs its answer (JWT) with a credential.',
};

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.respondToWebhook'],
    map: ({ parameters }) => {
      const kind = text(parameters.respondWith, 'firstIncomingItem');
      const respondWith = KINDS[kind];
      if (!respondWith) return REFUSED[kind] ?? `It responds with ${kind}.`;
      const options = record(parameters.options);
      const headers = pairs(rows(options.responseHeaders, 'entries'));
      return {
        type: 'respond-to-webhook',
        parameters: compact({
          respondWith,
          json:
            respondWith === 'json' ? (parameters.responseBody ?? '{\n  "myField": "value"\n}') : undefined,
          text: respondWith === 'text' ? (parameters.responseBody ?? '') : undefined,
          file:
            respondWith === 'file' && parameters.responseDataSource === 'set'
              ? text(parameters.inputFieldName, 'data')
              : undefined,
          redirectUrl: respondWith === 'redirect' ? parameters.redirectURL : undefined,
          status: options.responseCode,
          headers: headers.length > 0 ? headers : undefined,
          options: compact({ responseKey: options.responseKey || undefined }),
        }),
        ...(options.enableStreaming === true ? { approximated: 'It streamed its answer.' } : {}),
        // Later versions may show a second output with the response itself; it is not there here.
        outputs: ['main'],
      };
    },
  },
];
