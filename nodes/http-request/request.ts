import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import type { httpRequest } from './definition.ts';

export type HttpInput = InputOf<(typeof httpRequest)['operations']['default']['fields']>;

/** Beside the parameters: what the node knows and the form does not say. */
export interface RequestOptions {
  /** Value of the JSON body, rendered. */
  json: unknown;
  /** The same after a crash, so that the other side can tell a repetition. */
  idempotencyKey: string;
}

const DEFAULT_TIMEOUT_MS = 300_000;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The request that these parameters describe. Pure. Throws NodeError(config) for a URL that cannot be one. */
export function buildRequest(input: HttpInput, { json, idempotencyKey }: RequestOptions): HttpRequest {
  const headers: Record<string, string> = {};
  const body = bodyOf(input, json, idempotencyKey);
  if (body?.contentType) headers['content-type'] = body.contentType;
  Object.assign(headers, authorization(input));
  for (const { name, value } of input.headers)
    if (name.trim() !== '') headers[name.trim().toLowerCase()] = value;
  if (!SAFE_METHODS.has(input.method)) headers['idempotency-key'] ??= idempotencyKey;
  const query = queryOf(input);
  return {
    method: input.method,
    url: urlOf(input.url),
    headers,
    ...(query ? { query } : {}),
    ...(body ? { body: body.content } : {}),
    timeoutMs: input.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    followRedirects: input.options.followRedirects ?? true,
  };
}

function urlOf(text: string): string {
  const url = text.trim();
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  const withScheme = `https://${url}`;
  if (/^[\w-]+(\.[\w-]+)+([:/?#]|$)/.test(url) && URL.canParse(withScheme)) return withScheme;
  throw new NodeError(
    'config',
    `“${url}” is not a web address. It should look like https://example.com/path.`,
    {
      field: 'url',
    },
  );
}

function authorization(input: HttpInput): Record<string, string> {
  switch (input.authentication) {
    case 'basic':
      return { authorization: `Basic ${base64(`${input.user}:${input.password}`)}` };
    case 'bearer':
      return { authorization: `Bearer ${input.token}` };
    case 'header':
      return { [input.headerName.trim().toLowerCase()]: input.headerValue };
    case 'none':
      return {};
  }
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function queryOf({ query, options }: HttpInput): HttpRequest['query'] {
  const result: Record<string, string | string[]> = {};
  const style = options.queryArrays ?? 'repeat';
  const counts = new Map<string, number>();
  for (const { name, value } of query) {
    if (name === '') continue;
    const elements = listOf(value);
    for (const element of elements ?? [value]) {
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      const key = !elements || style === 'repeat' ? name : `${name}[${style === 'indices' ? index : ''}]`;
      const present = result[key];
      if (present === undefined) result[key] = element;
      else result[key] = [...(Array.isArray(present) ? present : [present]), element];
    }
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

/** A value that was a list when it was rendered is JSON text by now. */
function listOf(value: string): string[] | undefined {
  if (!value.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed)
      ? parsed.map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v)))
      : undefined;
  } catch {
    return undefined; // text that only begins like a list
  }
}

function bodyOf(
  input: HttpInput,
  json: unknown,
  seed: string,
): { content: string; contentType?: string } | undefined {
  switch (input.body) {
    case 'none':
      return undefined;
    case 'json':
      return { content: JSON.stringify(json ?? {}), contentType: 'application/json' };
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of input.formFields) if (name !== '') form.append(name, value);
      return { content: form.toString(), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'multipart':
      return multipart(input.formFields, seed);
    case 'raw':
      return { content: input.rawBody, contentType: input.contentType };
  }
}

/** The boundary comes from the idempotency key: a repeated request is the same byte for byte. */
function multipart(fields: HttpInput['formFields'], seed: string) {
  const boundary = `----linkflow${seed.replace(/[^A-Za-z0-9]/g, '').slice(-40)}`;
  const parts = fields
    .filter(({ name }) => name !== '')
    .map(
      ({ name, value }) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
    );
  return {
    content: `${parts.join('')}--${boundary}--\r\n`,
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

const quoted = (name: string) => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
