import { core, jsonText, list, sameJson } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }, { stated }) => {
  const options = record(parameters.options);
  const headers = list(parameters.headers);
  const authenticated = parameters.authentication === 'credential';
  return core(
    'graphql',
    1.1,
    {
      endpoint: parameters.endpoint,
      requestMethod: parameters.method === 'POST' ? undefined : parameters.method,
      authentication: authenticated ? parameters.credentialType : undefined,
      query: parameters.query,
      variables: jsonText(stated.variables),
      operationName: parameters.operationName || undefined,
      headerParametersUi: headers.length > 0 ? { parameter: headers } : undefined,
      requestFormat: options.format === 'graphql' ? 'graphql' : undefined,
      responseFormat: options.responseFormat === 'text' ? 'string' : undefined,
      dataPropertyName: options.responseField,
    },
    {
      same: sameJson('variables', stated.variables),
      ...(parameters.authentication === 'none'
        ? {}
        : { approximated: 'Connect its credential in n8n: secrets do not go along.' }),
    },
  );
};
