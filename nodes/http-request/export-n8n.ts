import { core, list, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { theirAuth } from './export-n8n-auth.ts';
import { bodySame, theirBody } from './export-n8n-body.ts';
import { firstVersionOf } from './export-n8n-old.ts';
import { theirPages } from './export-n8n-pages.ts';
import { theirProxy } from './export-n8n-proxy.ts';

type Values = Record<string, unknown>;

/** An answer that is taken as a whole is known to the first version only. */
export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const auth = theirAuth(parameters);
  const { proxy, todo, same } = theirProxy(options);
  const todos = [auth.todo, todo].filter((one) => one !== undefined);
  const first = options.listAs === 'whole' ? firstVersionOf(parameters) : undefined;
  if (first) return first;
  return core(
    'httpRequest',
    4.2,
    {
      method: parameters.method === 'GET' ? undefined : parameters.method,
      url: parameters.url,
      ...auth.parameters,
      ...rowsOrJson(parameters, 'Query'),
      ...rowsOrJson(parameters, 'Headers'),
      ...theirBody(parameters),
      ...shortened(record(parameters.shorten)),
      options: compact({ ...optionsOf(options), proxy, ...theirPages(parameters) }),
    },
    {
      approximated: todos.length > 0 ? todos.join(' ') : undefined,
      same: ['sendCertificate', ...same, ...bodySame(parameters)],
    },
  );
};

function rowsOrJson(parameters: Values, what: 'Query' | 'Headers'): Values {
  const [name, collection] =
    what === 'Query' ? (['query', 'queryParameters'] as const) : (['headers', 'headerParameters'] as const);
  if (parameters[`${name}As`] === 'json')
    return {
      [`send${what}`]: true,
      [`specify${what}`]: 'json',
      [`json${what}`]: jsonOf(parameters[`${name}Json`]),
    };
  const rows = list(parameters[name]);
  return rows.length === 0 ? {} : { [`send${what}`]: true, [collection]: { parameters: rows } };
}

const jsonOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function optionsOf(options: Values): Values {
  const response = compact({
    fullResponse: on(options.fullResponse),
    neverError: on(options.neverError),
    responseFormat: options.responseFormat === 'auto' ? undefined : options.responseFormat,
    outputPropertyName: options.responseField,
  });
  const batched = options.concurrency !== undefined || options.batchPauseMs !== undefined;
  return {
    response: Object.keys(response).length > 0 ? { response } : undefined,
    timeout: options.timeoutMs,
    redirect: options.followRedirects === false ? { redirect: { followRedirects: false } } : undefined,
    queryParameterArrays: options.queryArrays,
    batching: batched
      ? { batch: { batchSize: options.concurrency ?? -1, batchInterval: options.batchPauseMs ?? 0 } }
      : undefined,
  };
}

/** What makes the answer shorter for language models. */
function shortened(shorten: Values): Values {
  if (Object.keys(shorten).length === 0) return {};
  const keep = shorten.keep ?? 'all';
  return {
    optimizeResponse: true,
    responseType: shorten.what ?? 'json',
    dataField: shorten.dataField,
    fieldsToInclude: keep === 'all' ? undefined : keep,
    fields: keep === 'all' ? undefined : shorten.fields,
    cssSelector: shorten.selector,
    onlyContent: on(shorten.textOnly),
    elementsToOmit: shorten.skip,
    ...(shorten.maxLength === undefined ? {} : { truncateResponse: true, maxLength: shorten.maxLength }),
  };
}
