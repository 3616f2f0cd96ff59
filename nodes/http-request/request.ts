import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';
import { coerce } from '../coerce.ts';
import type { Assignment, InputOf } from '../fields.ts';
import { isPlain } from '../paths.ts';
import type { httpRequest } from './definition.ts';

export type HttpInput = InputOf<(typeof httpRequest)['operations']['default']['fields']>;
type Query = Record<string, string | string[]>;

export interface SentFile {
  content: Uint8Array;
  name: string;
  mimeType: string;
}

/** Beside the parameters: what the node knows and the form does not say. */
export interface RequestOptions {
  /** Values of the JSON fields, rendered. */
  json: { body?: unknown; query?: unknown; headers?: unknown };
  /** What the request sends of the item's files, by their names there. */
  files: ReadonlyMap<string, SentFile>;
  /** The same after a crash, so that the other side can tell a repetition. */
  idempotencyKey: string;
}

const DEFAULT_TIMEOUT_MS = 300_000;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The request that these parameters describe, without authentication. Throws NodeError(config) that names the field. */
export function buildRequest(input: HttpInput, { json, files, idempotencyKey }: RequestOptions): HttpRequest {
  const headers: Record<string, string> = {};
  const body = bodyOf(input, json.body, files, idempotencyKey);
  if (body?.contentType) headers['content-type'] = body.contentType;
  const rows =
    input.headersAs === 'json'
      ? Object.entries(asObject(json.headers, 'headersJson')).map(([name, value]) => ({
          name,
          value: textOf(value),
        }))
      : input.headers;
  for (const { name, value } of rows) if (name.trim() !== '') headers[name.trim().toLowerCase()] = value;
  if (!SAFE_METHODS.has(input.method)) headers['idempotency-key'] ??= idempotencyKey;
  const query = queryOf(input, json.query);
  return {
    method: input.method,
    url: urlOf(input.url),
    headers,
    ...(query ? { query } : {}),
    ...(body ? { body: body.content } : {}),
    timeoutMs: input.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    followRedirects: input.options.followRedirects ?? true,
    ...(input.options.proxy ? { proxy: input.options.proxy } : {}),
  };
}

/** The address as it can be called; `https://` is added where it is missing. Throws NodeError(config) that names the field. */
export function urlOf(text: string, field = 'url'): string {
  const url = text.trim();
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  const withScheme = `https://${url}`;
  if (/^[\w-]+(\.[\w-]+)+([:/?#]|$)/.test(url) && URL.canParse(withScheme)) return withScheme;
  throw new NodeError(
    'config',
    `“${url}” is not a web address. It should look like https://example.com/path.`,
    { field },
  );
}

export const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

function asObject(value: unknown, field: string): Record<string, unknown> {
  if (value === null || value === undefined || value === '') return {};
  if (isPlain(value)) return value;
  throw new NodeError('config', 'This must be an object of names and values.', {
    field,
    detail: textOf(value).slice(0, 200),
  });
}

function queryOf(input: HttpInput, json: unknown): Query | undefined {
  const result: Query = {};
  const style = input.options.queryArrays ?? 'repeat';
  const counts = new Map<string, number>();
  const rows: { name: string; elements: string[] | undefined; value: string }[] =
    input.queryAs === 'json'
      ? Object.entries(asObject(json, 'queryJson')).map(([name, value]) => ({
          name,
          elements: Array.isArray(value) ? value.map(textOf) : undefined,
          value: textOf(value),
        }))
      : input.query.map(({ name, value }) => ({ name, elements: listOf(value), value }));
  for (const { name, elements, value } of rows) {
    if (name === '' || name === '__proto__') continue;
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
    return Array.isArray(parsed) ? parsed.map(textOf) : undefined;
  } catch {
    return undefined; // text that only begins like a list
  }
}

function bodyOf(
  input: HttpInput,
  json: unknown,
  files: ReadonlyMap<string, SentFile>,
  seed: string,
): { content: string | Uint8Array; contentType?: string } | undefined {
  switch (input.body) {
    case 'none':
      return undefined;
    case 'json':
      return { content: JSON.stringify(json ?? {}), contentType: 'application/json' };
    case 'fields':
      return { content: JSON.stringify(fieldsOf(input.bodyFields)), contentType: 'application/json' };
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of input.formFields) if (name !== '') form.append(name, value);
      return { content: form.toString(), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'multipart':
      return multipart(input, files, seed);
    case 'file': {
      const { content, mimeType } = files.get(input.bodyFile)!;
      return { content, contentType: mimeType };
    }
    case 'raw':
      return { content: input.rawBody, contentType: input.contentType };
  }
}

function fieldsOf(rows: readonly Assignment[]): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, type, value } of rows) {
    if (name !== '' && name !== '__proto__') body[name] = coerce(value, type, { name, field: 'bodyFields' });
  }
  return body;
}

/** Names of the item's files that the request sends. */
export function filesSent({ body, bodyFile, fileFields }: HttpInput): string[] {
  if (body === 'file') return [bodyFile];
  return body === 'multipart' ? fileFields.map(({ file }) => file) : [];
}

/** The boundary comes from the idempotency key: a repeated request is the same byte for byte. */
function multipart(
  { formFields, fileFields }: HttpInput,
  files: ReadonlyMap<string, SentFile>,
  seed: string,
): { content: string | Uint8Array; contentType: string } {
  const boundary = `----linkflow${seed.replace(/[^A-Za-z0-9]/g, '').slice(-40)}`;
  const head = (name: string, more = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${more}\r\n\r\n`;
  const parts: (string | Uint8Array)[] = formFields
    .filter(({ name }) => name !== '')
    .map(({ name, value }) => `${head(name)}${value}\r\n`);
  for (const { name, file } of fileFields) {
    const { content, name: fileName, mimeType } = files.get(file)!;
    const about = `; filename="${quoted(fileName)}"\r\nContent-Type: ${mimeType.replace(/[\r\n]/g, '')}`;
    parts.push(head(name, about), content, '\r\n');
  }
  parts.push(`--${boundary}--\r\n`);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  if (fileFields.length === 0) return { content: parts.join(''), contentType };
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return { content, contentType };
}

const quoted = (name: string) => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
