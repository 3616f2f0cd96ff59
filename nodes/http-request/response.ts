import { NodeError, type NodeErrorKind } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import type { FileDoor, HttpResponse } from '#engine/node.ts';
import { isPlain } from '../paths.ts';
import type { HttpInput } from './request.ts';

const DETAIL_BYTES = 1024;
const FILE_TYPES =
  /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|x-zip|x-gzip|x-tar|vnd\.|msword|x-7z)/;

/** The answer as items: a list gives one item per element, an object one item, text `{data}`, a file an item with it. */
export async function readResponse(
  response: HttpResponse,
  options: HttpInput['options'],
  itemIndex: number,
  files: FileDoor,
): Promise<Item[]> {
  const source = { item: itemIndex };
  const name = options.responseField || 'data';
  const format = formatOf(response, options.responseFormat ?? 'auto');
  const meta = { headers: response.headers, statusCode: response.status, statusMessage: response.statusText };
  if (format === 'file') {
    const file = await files.write(response.body, aboutFile(response));
    return [{ json: options.fullResponse ? meta : {}, files: { [name]: file }, source }];
  }
  const text = textOf(response);
  const body =
    format === 'json' ? parseBody(text, options.responseFormat === 'json' && !options.neverError) : text;
  if (options.fullResponse) {
    return [{ json: format === 'json' ? { body, ...meta } : { [name]: body, ...meta }, source }];
  }
  if (format === 'text') return [{ json: { [name]: body }, source }];
  const listAs = options.listAs ?? 'items';
  // Functions of old workflows go through such a list as `items[0].json`.
  if (Array.isArray(body) && listAs === 'whole') return [{ json: body as unknown as JsonObject, source }];
  const list = Array.isArray(body) && listAs === 'items' ? body : [body];
  return list.map((element: unknown) => ({ json: toJson(element, name), source }));
}

/** The body as data: JSON where it is some, else text. */
export function dataOf(response: HttpResponse): unknown {
  const format = formatOf(response, 'auto');
  if (format === 'file') return undefined;
  const text = textOf(response);
  return format === 'json' || /^\s*[[{]/.test(text) ? parseBody(text, false) : text;
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

/** The body as text, read by the charset that the answer states. */
export const textOf = (response: HttpResponse): string => decoder(response).decode(response.body);

/** By the charset that the answer states; UTF-8 when it states none or one that nobody knows. */
function decoder({ headers }: HttpResponse): TextDecoder {
  const label = /charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder(); // an unknown name: most such answers are plain ASCII
  }
}

function aboutFile(response: HttpResponse): { name?: string; mimeType?: string } {
  const mimeType = response.headers['content-type']?.split(';')[0]?.trim();
  const name = fileName(response);
  return { ...(name ? { name } : {}), ...(mimeType ? { mimeType } : {}) };
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
