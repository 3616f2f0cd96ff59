import { NodeError, type NodeErrorKind } from '#engine/errors.ts';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import type { HttpResponse } from '#engine/node.ts';
import { isPlain } from '../paths.ts';
import type { HttpInput } from './request.ts';

const DETAIL_BYTES = 1024;
const FILE_TYPES =
  /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|x-zip|x-gzip|x-tar|vnd\.|msword|x-7z)/;

/** The answer as items: a list gives one item per element, an object one item, text `{data}`, a file an item with it. */
export function readResponse(
  response: HttpResponse,
  options: HttpInput['options'],
  itemIndex: number,
): Item[] {
  const source = { item: itemIndex };
  const name = options.responseField || 'data';
  const format = formatOf(response, options.responseFormat ?? 'auto');
  const meta = { headers: response.headers, statusCode: response.status, statusMessage: response.statusText };
  if (format === 'file') {
    return [{ json: options.fullResponse ? meta : {}, files: { [name]: fileOf(response) }, source }];
  }
  const text = decoder(response).decode(response.body);
  const body =
    format === 'json' ? parseBody(text, options.responseFormat === 'json' && !options.neverError) : text;
  if (options.fullResponse) {
    return [{ json: format === 'json' ? { body, ...meta } : { [name]: body, ...meta }, source }];
  }
  if (format === 'text') return [{ json: { [name]: body }, source }];
  const list = Array.isArray(body) ? body : [body];
  return list.map((element: unknown) => ({ json: toJson(element, name), source }));
}

const toJson = (value: unknown, name: string): JsonObject => (isPlain(value) ? value : { [name]: value });

function formatOf(
  response: HttpResponse,
  wanted: 'auto' | 'json' | 'text' | 'file',
): 'json' | 'text' | 'file' {
  if (wanted !== 'auto') return wanted;
  const type = (response.headers['content-type'] ?? '').toLowerCase();
  if (/[/+]json\b/.test(type)) return 'json';
  return FILE_TYPES.test(type) ? 'file' : 'text';
}

/** An answer that says it is JSON but is none stays text, unless JSON was asked for. An empty one is an empty object. */
function parseBody(text: string, mustBeJson: boolean): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!mustBeJson) return text;
    throw new NodeError('upstream', 'The answer is not valid JSON.', {
      retryable: false,
      detail: `${text.slice(0, DETAIL_BYTES)}\n\n${error instanceof Error ? error.message : ''}\nTo take it as it is, read the answer as text.`,
    });
  }
}

/** By the charset that the answer states; UTF-8 when it states none or one that nobody knows. */
function decoder({ headers }: HttpResponse): TextDecoder {
  const label = /charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder(); // an unknown name: most such answers are plain ASCII
  }
}

function fileOf(response: HttpResponse): FileRef {
  const type = response.headers['content-type']?.split(';')[0]?.trim();
  const name = fileName(response);
  return {
    ...(name ? { name } : {}),
    mimeType: type || 'application/octet-stream',
    sizeBytes: response.body.byteLength,
    data: base64(response.body),
  };
}

function fileName(response: HttpResponse): string | undefined {
  const disposition = response.headers['content-disposition'] ?? '';
  const star = /filename\*=(?:UTF-8'')?([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  if (star) return safeDecode(star.trim());
  if (plain) return plain.trim();
  const last = URL.canParse(response.url) ? new URL(response.url).pathname.split('/').at(-1) : '';
  return last ? safeDecode(last) : undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign: the name as it stands
  }
}

function base64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  // In slices, since the arguments of one call are limited.
  for (let i = 0; i < bytes.length; i += 0x8000)
    chunks.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(chunks.join(''));
}

/** A status of 4xx or 5xx as a failure with advice. `now` in ms since epoch, for a Retry-After that is a date. */
export function statusError(response: HttpResponse, now: number): NodeError {
  const { status, statusText } = response;
  const kind: NodeErrorKind = status === 401 || status === 403 ? 'auth' : 'upstream';
  const host = URL.canParse(response.url) ? new URL(response.url).host : 'The service';
  const retryAfterMs = retryAfter(response.headers['retry-after'], now);
  return new NodeError(kind, `${host} answered ${status}${statusText ? ` ${statusText}` : ''}.`, {
    status,
    retryable: status === 429 || status >= 500,
    detail: new TextDecoder().decode(response.body.subarray(0, DETAIL_BYTES)),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Seconds or an HTTP date. */
function retryAfter(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
