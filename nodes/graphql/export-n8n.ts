import { FIRST_NAMES } from '../http-request/import-n8n-auth.ts';
import { core, jsonText, list, sameJson } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }, { stated }) => {
  const options = record(parameters.options);
  const headers = list(parameters.headers);
  const authenticated = parameters.authentication === 'credential';
  const authentication = authenticated ? nameOf(parameters.credentialType) : undefined;
  return core(
    'graphql',
    1.1,
    {
      endpoint: parameters.endpoint,
      requestMethod: parameters.method === 'POST' ? undefined : parameters.method,
      authentication,
      query: parameters.query,
      variables: jsonText(stated.variables),
      operationName: parameters.operationName || undefined,
      headerParametersUi: headers.length > 0 ? { parameter: headers } : undefined,
      requestFormat: options.format === 'graphql' ? 'graphql' : undefined,
      responseFormat: options.responseFormat === 'text' ? 'string' : undefined,
      dataPropertyName: options.responseField,
    },
    {
      same: [
        ...sameJson('variables', stated.variables),
        // what is left to do says it
        ...(authenticated && !authentication ? ['authentication'] : []),
      ],
      ...(authenticated ? { approximated: authentication ? CONNECT : CHOOSE } : {}),
    },
  );
};

const CONNECT = 'Connect its credential in n8n: secrets do not go along.';
const CHOOSE = 'Choose its authentication in n8n and connect its credential: secrets do not go along.';

/** n8n's node calls its kinds of credentials by names of its own. */
const nameOf = (credentialType: unknown): string | undefined =>
  Object.keys(FIRST_NAMES).find((name) => FIRST_NAMES[name] === credentialType);
