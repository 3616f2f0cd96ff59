import { authOf } from '../http-request/import-n8n-auth.ts';
import type { N8nImporter } from '../n8n.ts';
import { compact, pairs, record, rows, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.graphql'],
    map: ({ parameters }, version) => {
      const auth = authOf(parameters);
      // The first version sent bare text unless told otherwise.
      const format = text(parameters.requestFormat, version < 1.1 ? 'graphql' : 'json');
      const headers = pairs(rows(record(parameters.headerParametersUi), 'parameter'));
      const reasons: string[] = [];
      if (auth.todo) reasons.push(auth.todo);
      if (parameters.allowUnauthorizedCerts === true) reasons.push('Certificates are always checked.');
      return {
        type: 'graphql',
        ...(auth.credentials ? { credentials: auth.credentials } : {}),
        parameters: compact({
          endpoint: parameters.endpoint ?? '',
          method: parameters.requestMethod ?? 'POST',
          ...auth.parameters,
          query: parameters.query ?? '',
          variables: parameters.variables || undefined,
          operationName: text(parameters.operationName) || undefined,
          headers: headers.length > 0 ? headers : undefined,
          options: compact({
            format: format === 'graphql' ? 'graphql' : undefined,
            responseFormat: parameters.responseFormat === 'string' ? 'text' : undefined,
            responseField: text(parameters.dataPropertyName) || undefined,
          }),
        }),
        ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
      };
    },
  },
];
