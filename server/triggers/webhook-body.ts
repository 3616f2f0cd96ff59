import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { FileRef } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { parseBody, readBody } from '../http/body.ts';
import { isUpload, namedFiles, receiveUpload } from '../http/uploads.ts';
import type { WebhookPlan } from './webhook-plan.ts';

export interface ReceivedBody {
  body: unknown;
  /** As it came, after unpacking; absent for files, which are not kept in memory. */
  raw?: Buffer;
  files?: Record<string, FileRef>;
}

const INFLATE = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Throws UNSUPPORTED_MEDIA_TYPE for a body of a kind that the webhook does not take. */
export function assertKind({ contentTypes }: WebhookPlan, request: IncomingMessage): void {
  if (contentTypes.length === 0 || !hasBody(request)) return;
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const fits = (allowed: string) =>
    allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : allowed === type;
  if (!contentTypes.some(fits))
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `This webhook takes ${contentTypes.join(', ')}, not ${type || 'a body without a type'}.`,
    );
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * The bytes as they came, for those who check them before anything else happens. Files are kept in memory then, so that
 * they may be no larger than other bodies. Throws PAYLOAD_TOO_LARGE.
 */
export const readSigned = ({ maxBodyBytes }: WebhookPlan, request: IncomingMessage): Promise<Buffer> =>
  readBody(request, Math.min(env().LINKFLOW_MAX_BODY_BYTES, maxBodyBytes));

/**
 * Body and files of a call; `door` is asked for where there are files, and `signed` are the bytes if they have been read.
 * Throws PAYLOAD_TOO_LARGE, BAD_REQUEST, UNSUPPORTED_MEDIA_TYPE.
 */
export async function receiveBody(
  plan: WebhookPlan,
  request: IncomingMessage,
  signed: Buffer | null,
  door: () => FileDoor,
): Promise<ReceivedBody> {
  const { LINKFLOW_MAX_BODY_BYTES, LINKFLOW_MAX_UPLOAD_BYTES } = env();
  const encoding = encodingOf(request);
  if (isUpload(request)) {
    if (encoding)
      throw new AppError(
        'UNSUPPORTED_MEDIA_TYPE',
        'Files are taken as they are, without a content encoding.',
      );
    const maxBytes = Math.min(LINKFLOW_MAX_UPLOAD_BYTES, plan.maxBodyBytes);
    const content = signed && Readable.from([signed]);
    const { body, uploads } = await receiveUpload(request, door(), maxBytes, [], content ?? request);
    return { body, files: namedFiles(uploads) };
  }
  const maxBytes = Math.min(LINKFLOW_MAX_BODY_BYTES, plan.maxBodyBytes);
  const packed = signed ?? (await readBody(request, maxBytes));
  const raw = encoding && packed.length > 0 ? await unpack(packed, encoding, maxBytes) : packed;
  return { body: parseBody(raw, request.headers['content-type'] ?? ''), raw };
}

function encodingOf({ headers }: IncomingMessage): keyof typeof INFLATE | null {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return null;
  if (!Object.hasOwn(INFLATE, encoding))
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Bodies may be packed with gzip, deflate or br, not with ${encoding.slice(0, 50)}.`,
    );
  return encoding as keyof typeof INFLATE;
}

/** Stops at the limit: a few kilobytes can unpack to gigabytes. */
async function unpack(packed: Buffer, encoding: keyof typeof INFLATE, maxBytes: number): Promise<Buffer> {
  try {
    return await INFLATE[encoding](packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new AppError('PAYLOAD_TOO_LARGE', `The unpacked body is larger than ${maxBytes} bytes.`, {
        maxBytes,
      });
    throw new AppError('BAD_REQUEST', `The body cannot be unpacked with ${encoding}.`);
  }
}
