import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

export const bearer = defineCredential({
  type: 'bearer',
  name: 'Bearer token',
  description: 'A token in the Authorization header.',
  icon: 'ticket',
  search: ['token', 'authorization', 'access token', 'personal access token'],
  fields: {
    token: field.text({
      label: 'Token',
      help: 'Without “Bearer” before it.',
      template: false,
      required: true,
      secret: true,
    }),
  },
  use: 'http',
  test: 'address',
});

export const apiKey = defineCredential({
  type: 'api-key',
  name: 'API key',
  description: 'A key in a header or in the query.',
  icon: 'key-round',
  search: ['key', 'x-api-key', 'token'],
  fields: {
    key: field.text({ label: 'Key', template: false, required: true, secret: true }),
    place: field.select({
      label: 'Sent in',
      options: [
        { value: 'header', label: 'A header' },
        { value: 'query', label: 'The query' },
      ],
      default: 'header',
      template: false,
    }),
    name: field.text({ label: 'Name', template: false, required: true, default: 'X-API-Key' }),
  },
  use: 'http',
  test: 'address',
});

export const header = defineCredential({
  type: 'header',
  name: 'Header',
  description: 'A header with a secret value.',
  icon: 'rows-3',
  search: ['http', 'authorization', 'custom', 'token'],
  fields: {
    name: field.text({ label: 'Name', template: false, required: true, placeholder: 'Authorization' }),
    value: field.text({ label: 'Value', template: false, required: true, secret: true }),
  },
  use: 'http',
  test: 'address',
});

export const query = defineCredential({
  type: 'query',
  name: 'Query parameter',
  description: 'A parameter of the address with a secret value.',
  icon: 'link-2',
  search: ['http', 'url', 'parameter', 'token'],
  fields: {
    name: field.text({ label: 'Name', template: false, required: true, placeholder: 'api_key' }),
    value: field.text({ label: 'Value', template: false, required: true, secret: true }),
  },
  use: 'http',
  test: 'address',
});

export const custom = defineCredential({
  type: 'custom',
  name: 'Several headers and parameters',
  description: 'Headers, query parameters and fields of a JSON body, all secret.',
  icon: 'braces',
  search: ['http', 'custom', 'json', 'headers'],
  fields: {
    json: field.text({
      label: 'JSON',
      help: 'An object with any of headers, query and body.',
      placeholder: '{ "headers": { "X-User": "…", "X-Key": "…" } }',
      multiline: true,
      template: false,
      required: true,
      secret: true,
    }),
  },
  use: 'http',
  test: 'address',
});
