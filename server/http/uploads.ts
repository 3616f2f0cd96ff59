import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { toNodeErrorData } from '#engine/errors.ts';
import type { FileRef } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { AppError } from '../errors.ts';
import { fromPairs } from './body.ts';

/** A form may have so many fields and files; a field is data and stays in memory. */
const LIMITS = { fields: 1_000, files: 100, fieldSize: 1024 * 1024, fieldNameSize: 200 };

export interface Upload {
  /** Fields of a form. */
  body: Record<string, string | string[]>;
  /** Files by their field; any other body is the file `data`. Of a field there may be several. */
  uploads: { field: string; file: FileRef }[];
}

/** Whether the body has files in it, or is one: everything that is neither text nor data. */
export function isUpload(request: IncomingMessage): boolean {
  const type = typeOf(request);
  if (type === 'multipart/form-data') return true;
  if (!type || !hasBody(request)) return false;
  return !/^text\/|[/+](json|xml)$|^application\/(x-www-form-urlencoded|javascript|graphql|x-ndjson)$/.test(
    type,
  );
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
const typeOf = (request: IncomingMessage) =>
  (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

/**
 * Streams what a caller sends into files. Throws PAYLOAD_TOO_LARGE, or BAD_REQUEST for a form that is none; what was stored
 * before that is in `stored`, for the caller to delete. `content` is the body where it has been read already.
 */
export async function receiveUpload(
  request: IncomingMessage,
  files: FileDoor,
  maxBytes: number,
  stored: FileRef[] = [],
  content: AsyncIterable<Buffer> = request,
): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    throw tooLarge(maxBytes);
  }
  const limited = Readable.from(upTo(content, maxBytes));
  try {
    if (typeOf(request) === 'multipart/form-data') return await receiveForm(request, limited, files, stored);
    const file = await files.write(limited, { name: nameOf(request), mimeType: typeOf(request) });
    stored.push(file);
    return { body: {}, uploads: [{ field: 'data', file }] };
  } catch (error) {
    request.resume(); // the rest is of no interest, but the connection may be
    throw asAppError(error, maxBytes);
  }
}

async function receiveForm(
  request: IncomingMessage,
  content: Readable,
  door: FileDoor,
  stored: FileRef[],
): Promise<Upload> {
  const fields: [string, string][] = [];
  const writing: Promise<Upload['uploads'][number]>[] = [];
  const form = busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
  form.on('field', (name, value, { nameTruncated, valueTruncated }) => {
    if (nameTruncated || valueTruncated) form.destroy(tooLong('a field is too long'));
    else fields.push([name, value]);
  });
  form.on('file', (name, stream, { filename, mimeType }) => {
    stream.on('error', () => undefined); // whoever reads it is told too, unless it has stopped reading: then nobody is
    if (!filename) {
      stream.resume(); // a field for a file that was left empty
      return;
    }
    const written = door.write(stream, { name: filename, mimeType });
    writing.push(
      written.then((file) => {
        stored.push(file);
        return { field: name, file };
      }),
    );
    written.catch((error: Error) => form.destroy(error)); // nothing else is read then
  });
  form.on('fieldsLimit', () => form.destroy(tooLong('it has too many fields')));
  form.on('filesLimit', () => form.destroy(tooLong('it has too many files')));
  try {
    await pipeline(content, form);
  } catch (error) {
    await Promise.allSettled(writing);
    throw error;
  }
  return { body: fromPairs(fields), uploads: await Promise.all(writing) };
}

/** Files by their field, numbered where a field has several. */
export function namedFiles(uploads: Upload['uploads']): Record<string, FileRef> {
  const byField = Map.groupBy(uploads, ({ field }) => field.replace(/\[\]$/, '') || 'file');
  return Object.fromEntries(
    [...byField].flatMap(([name, same]) =>
      same.map(({ file }, i): [string, FileRef] => [same.length > 1 ? `${name}${i}` : name, file]),
    ),
  );
}

async function* upTo(content: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** Some senders name a file that is the whole body. */
function nameOf({ headers }: IncomingMessage): string | undefined {
  const found = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')?.[1];
  return found?.split(/[\\/]/).at(-1)?.slice(0, 200);
}

const tooLarge = (maxBytes: number) =>
  new AppError('PAYLOAD_TOO_LARGE', `The upload is larger than ${maxBytes} bytes.`, { maxBytes });
const tooLong = (why: string) => new AppError('PAYLOAD_TOO_LARGE', `The form cannot be taken: ${why}.`);

function asAppError(error: unknown, maxBytes: number): unknown {
  if (error instanceof AppError) return error;
  const { kind, message } = toNodeErrorData(error);
  if (kind === 'limit') return tooLarge(maxBytes);
  if (kind === 'upstream')
    return new AppError('SERVICE_UNAVAILABLE', 'The files could not be stored. Try again.', {
      retryAfter: 5,
    });
  return new AppError('BAD_REQUEST', `The body could not be read: ${message}`);
}
