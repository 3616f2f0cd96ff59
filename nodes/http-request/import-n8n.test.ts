import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { checkFields } from '../check.ts';
import { importN8n } from '../n8n-import.ts';
import { httpRequest } from './definition.ts';

const map = (typeVersion: number, parameters: JsonObject, more: JsonObject = {}, credentials = {}) => {
  const node = {
    name: 'N',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion,
    position: [0, 0],
    parameters,
    ...more,
  };
  const { workflow, report } = importN8n({ nodes: [node], connections: {} }, { credentials });
  const ours = workflow.nodes[0]!;
  if (ours.type === 'http-request') expect(errorsIn(ours.parameters)).toEqual([]);
  return { ...ours, report: report.nodes[0]! };
};
/** A login in a proxy is worth a warning only. */
const errorsIn = (parameters: JsonObject) =>
  checkFields(httpRequest.operations.default.fields, parameters).filter(
    ({ severity }) => severity === 'error',
  );
const url = 'https://a.test';

test.each<[string, number, JsonObject, JsonObject]>([
  [
    'query and headers of rows',
    4.2,
    {
      sendQuery: true,
      queryParameters: { parameters: [{ name: 'a', value: '={{ $json.list }}' }] },
      sendHeaders: true,
      headerParameters: { parameters: [{ name: 'X', value: 'y' }, {}] },
    },
    {
      query: [{ name: 'a', value: '{{ $json.list }}' }],
      headers: [{ name: 'X', value: 'y' }],
      options: { queryArrays: 'brackets' },
    },
  ],
  [
    'nothing that is switched off',
    4.2,
    { queryParameters: { parameters: [{ name: 'a', value: 'b' }] } },
    { options: {} },
  ],
  [
    'query and headers made by a template',
    4.2,
    {
      sendQuery: true,
      specifyQuery: 'json',
      jsonQuery: '={{ $json.query }}',
      sendHeaders: true,
      specifyHeaders: 'json',
      jsonHeaders: '={{ JSON.stringify($json.headers) }}',
    },
    {
      queryAs: 'json',
      queryJson: '{{ $json.query }}',
      headersAs: 'json',
      headersJson: '{{ JSON.stringify($json.headers) }}',
    },
  ],
  [
    'a body whose names are worked out',
    4,
    {
      method: 'POST',
      sendBody: true,
      bodyParameters: { parameters: [{ name: '={{ $json.k }}', value: 1 }] },
    },
    { method: 'POST', body: 'fields', bodyFields: [{ name: '{{ $json.k }}', value: 1, type: 'any' }] },
  ],
  [
    'a form as text',
    4,
    { sendBody: true, contentType: 'form-urlencoded', specifyBody: 'string', body: 'a=1' },
    { body: 'raw', rawBody: 'a=1', contentType: 'application/x-www-form-urlencoded' },
  ],
  [
    'a raw body',
    4,
    { sendBody: true, contentType: 'raw', rawContentType: 'text/xml', body: '<a/>' },
    { body: 'raw', rawBody: '<a/>', contentType: 'text/xml' },
  ],
  [
    'answers',
    4.2,
    {
      options: {
        response: {
          response: { fullResponse: true, neverError: true, responseFormat: 'text', outputPropertyName: 'x' },
        },
        timeout: 5000,
        lowercaseHeaders: false,
        queryParameterArrays: 'indices',
      },
    },
    {
      options: {
        fullResponse: true,
        neverError: true,
        responseFormat: 'text',
        responseField: 'x',
        timeoutMs: 5000,
        queryArrays: 'indices',
      },
    },
  ],
  [
    'numbers that are none, and those that are worked out',
    4.2,
    { options: { timeout: 'soon', batching: { batch: { batchSize: -1, batchInterval: '={{ 5 }}' } } } },
    { options: { batchPauseMs: '{{ 5 }}' } },
  ],
  ['redirects of version 3', 3, {}, { options: { followRedirects: false } }],
  [
    'redirects of version 3 that are followed',
    3,
    { options: { redirect: { redirect: { followRedirects: true } } } },
    { options: {} },
  ],
  [
    'redirects of version 4 that are not followed',
    4.1,
    { options: { redirect: { redirect: { followRedirects: false } } } },
    { options: { followRedirects: false } },
  ],
  [
    'pages by a parameter',
    4.2,
    {
      options: {
        pagination: {
          pagination: {
            parameters: {
              parameters: [
                { name: 'page', value: '={{ $pageCount + 1 }}' },
                { type: 'headers', name: 'h', value: 'v' },
              ],
            },
            paginationCompleteWhen: 'receiveSpecificStatusCodes',
            statusCodesWhenComplete: '404,410',
            limitPagesFetched: true,
            maxRequests: 7,
            requestInterval: 20,
          },
        },
      },
    },
    {
      pages: 'parameters',
      pageParameters: [
        { name: 'page', value: '{{ $pageCount + 1 }}' },
        { place: 'headers', name: 'h', value: 'v' },
      ],
      completeWhen: 'status',
      completeStatus: '404,410',
      maxPages: 7,
      pagePauseMs: 20,
    },
  ],
  [
    'pages by their address',
    4.2,
    {
      options: {
        pagination: {
          pagination: {
            paginationMode: 'responseContainsNextURL',
            nextURL: '={{ $response.body.next }}',
            paginationCompleteWhen: 'other',
            completeExpression: '={{ !$response.body.next }}',
          },
        },
      },
    },
    {
      pages: 'next-url',
      nextUrl: '{{ $response.body.next }}',
      completeWhen: 'condition',
      completeCondition: '{{ !$response.body.next }}',
      maxPages: 10_000,
    },
  ],
  ['no pages', 4.2, { options: { pagination: { pagination: { paginationMode: 'off' } } } }, { options: {} }],
  [
    'less for language models',
    4.2,
    {
      optimizeResponse: true,
      responseType: 'html',
      cssSelector: 'main',
      onlyContent: true,
      truncateResponse: true,
    },
    { shorten: { what: 'html', selector: 'main', textOnly: true, maxLength: 1000 } },
  ],
  [
    'version 1 with rows',
    1,
    {
      requestMethod: 'POST',
      responseFormat: 'string',
      queryParametersUi: { parameter: [{ name: 'a', value: '1' }] },
      headerParametersUi: { parameter: [{ name: 'h', value: '2' }] },
      bodyParametersUi: { parameter: [{ name: 'b', value: '={{ 3 }}' }] },
      options: { batchSize: 5, batchInterval: 200, followRedirect: false, ignoreResponseCode: true },
    },
    {
      method: 'POST',
      query: [{ name: 'a', value: '1' }],
      headers: [{ name: 'h', value: '2' }],
      body: 'json',
      jsonBody: { b: '{{ 3 }}' },
      options: {
        responseFormat: 'text',
        concurrency: 5,
        batchPauseMs: 200,
        followRedirects: false,
        neverError: true,
      },
    },
  ],
  [
    'version 1 with JSON',
    1,
    {
      jsonParameters: true,
      queryParametersJson: '={{ $json.q }}',
      headerParametersJson: '{"h": 2}',
      options: { splitIntoItems: true },
    },
    {
      queryAs: 'json',
      queryJson: '{{ $json.q }}',
      headers: [{ name: 'h', value: '2' }],
      options: { responseFormat: 'json', queryArrays: 'brackets' },
    },
  ],
  ['lists of version 1', 1, {}, { options: { responseFormat: 'json', listAs: 'whole' } }],
  ['lists of version 2', 2, {}, { options: { responseFormat: 'json' } }],
])('maps %s', (_name, version, parameters, expected) => {
  const node = map(version, { url, ...parameters });
  expect(node.report).toMatchObject({ status: 'mapped' });
  expect(node.parameters).toEqual({ method: 'GET', url, options: expect.any(Object), ...expected });
});

test('what follows a failure is an object only where something follows', () => {
  expect(map(4.2, { url }, { onError: 'continueErrorOutput' }).parameters.options).toEqual({
    errorDetails: true,
  });
  expect(
    map(1, { url, responseFormat: 'string' }, { continueOnFail: true }).parameters.options,
  ).toMatchObject({
    errorDetails: true,
  });
  expect(map(4.2, { url }, { onError: 'stopWorkflow' }).parameters.options).toEqual({});
});

test.each<[number, JsonObject, string]>([
  [4.2, { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' }, 'httpHeaderAuth'],
  [4.2, { authentication: 'predefinedCredentialType', nodeCredentialType: 'slackApi' }, 'slackApi'],
  [1, { authentication: 'headerAuth' }, 'httpHeaderAuth'],
  [1, { authentication: 'oAuth2' }, 'oAuth2Api'],
])('version %d: %j asks for a credential', (version, parameters, type) => {
  const node = map(version, { url, ...parameters });
  expect(node.parameters).toMatchObject({ authentication: 'credential', credentialType: type });
  expect(node.credentials).toEqual({});
  const isKnown = type !== 'slackApi';
  expect(node.report.status).toBe(isKnown ? 'mapped' : 'approximated');
  if (!isKnown) expect(node.report.reason).toContain('(slackApi) is not known here');
});

test('a credential of no kind in particular is just one', () => {
  const node = map(4.2, { url, authentication: 'genericCredentialType' });
  expect(node.parameters).toMatchObject({ authentication: 'credential' });
  expect(node.report).toEqual(expect.objectContaining({ status: 'mapped' }));
});

test.each([
  'httpBasicAuth',
  'httpDigestAuth',
  'httpBearerAuth',
  'httpHeaderAuth',
  'httpQueryAuth',
  'httpCustomAuth',
  'oAuth1Api',
  'oAuth2Api',
])('uses a credential that is known: %s', (type) => {
  const parameters = { url, authentication: 'genericCredentialType', genericAuthType: type };
  const named = { credentials: { [type]: { id: '1', name: 'C' } } };
  expect(map(4.2, parameters, named, { [type]: {} }).credentials).toEqual({ auth: type });
  expect(map(4.2, parameters, named).credentials).toEqual({});
  expect(map(4.2, parameters, {}, { [type]: {} }).credentials).toEqual({});
});

test.each<[JsonObject, string[]]>([
  [{}, ['httpSslAuth']],
  [{ authentication: 'genericCredentialType', genericAuthType: 'oAuth1Api' }, ['oAuth1Api', 'httpSslAuth']],
])('a client certificate goes together with %j', (parameters, types) => {
  const given = Object.fromEntries(types.map((type) => [type, { id: '1', name: 'C' }]));
  const all = { url, provideSslCertificates: true, ...parameters };
  const node = map(4.2, all, { credentials: given }, given);
  expect(node.parameters).toMatchObject({ sendCertificate: true });
  expect(node.credentials).toEqual({
    certificate: 'httpSslAuth',
    ...(types.length > 1 ? { auth: 'oAuth1Api' } : {}),
  });
  expect(node.report).toEqual(expect.objectContaining({ status: 'mapped' }));
  expect(map(4.2, { url, provideSslCertificates: false }).parameters).not.toHaveProperty('sendCertificate');
});

test.each<[JsonObject, RegExp]>([[{ options: { allowUnauthorizedCerts: true } }, /Certificates/]])(
  '%j is a loss',
  (parameters, reason) => {
    expect(map(4.2, { url, ...parameters }).report).toMatchObject({
      status: 'approximated',
      reason: expect.stringMatching(reason),
    });
  },
);

test.each([1, 2, 3, 4.2])('takes the proxy of version %d along', (version) => {
  const node = map(version, { url, options: { proxy: 'http://me:hush@p.test:3128' } });
  expect(node.parameters.options).toMatchObject({ proxy: 'http://me:hush@p.test:3128' });
  expect(node.report.status).toBe('mapped');
});
