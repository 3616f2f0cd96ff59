import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const ACCESS_KEY_ID = 'test-key';
const SECRET_ACCESS_KEY = 'test-secret';
const REGION = 'eu-test-1';
const MIN_PART_BYTES = 5 * 1024 * 1024;
const KEYS_PER_LIST = 3;

export interface S3Server {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
  files: Map<string, Buffer>;
  /** Method and path of every call that was let in. */
  calls: string[];
  /** The next calls are answered with 503. */
  failNext(count: number): void;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body?: string | Buffer;
  etag?: string;
}

/** An S3 that keeps one bucket in memory, takes nothing without a right signature, and lists three keys at a time. */
export async function startS3Server(): Promise<S3Server> {
  const files = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const calls: string[] = [];
  let failures = 0;
  const bucket = 'bucket';

  const answer = (request: IncomingMessage, url: URL, body: Buffer): Answer => {
    const key = decodeURIComponent(url.pathname.slice(`/${bucket}/`.length));
    const query = url.searchParams;
    const uploadId = query.get('uploadId');
    const upload = uploadId === null ? undefined : uploads.get(uploadId);
    if (uploadId !== null && !upload) return error(404, 'NoSuchUpload');
    switch (request.method) {
      case 'GET':
        if (query.get('list-type') === '2')
          return { status: 200, body: list(query.get('prefix') ?? '', query.get('start-after') ?? '') };
        return files.has(key) ? { status: 200, body: files.get(key)! } : error(404, 'NoSuchKey');
      case 'DELETE':
        if (uploadId === null) files.delete(key);
        else uploads.delete(uploadId);
        return { status: 204 };
      case 'POST': {
        if (query.has('uploads')) {
          const id = `upload-${uploads.size}`;
          uploads.set(id, new Map());
          return { status: 200, body: `<Result><UploadId>${id}</UploadId></Result>` };
        }
        const parts = [...upload!].sort(([a], [b]) => a - b).map(([, part]) => part);
        if (parts.slice(0, -1).some((part) => part.length < MIN_PART_BYTES))
          return error(400, 'EntityTooSmall');
        if (body.toString().match(/<Part>/g)?.length !== parts.length) return error(400, 'InvalidPart');
        files.set(key, Buffer.concat(parts));
        uploads.delete(uploadId!);
        return { status: 200, body: '<CompleteMultipartUploadResult/>' };
      }
      case 'PUT': {
        if (upload) {
          upload.set(Number(query.get('partNumber')), body);
          return { status: 200, etag: `"${createHash('md5').update(body).digest('hex')}"` };
        }
        const source = request.headers['x-amz-copy-source'];
        if (source === undefined) files.set(key, body);
        else {
          const from = files.get(String(source).slice(`/${bucket}/`.length));
          if (!from) return error(404, 'NoSuchKey');
          files.set(key, from);
        }
        return { status: 200, body: '<CopyObjectResult/>' };
      }
      default:
        return error(405, 'MethodNotAllowed');
    }
  };
  const list = (prefix: string, after: string) => {
    const keys = [...files.keys()]
      .filter((key) => key.startsWith(prefix) && key > after)
      .sort()
      .slice(0, KEYS_PER_LIST);
    return `<ListBucketResult>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`;
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url!, 'http://localhost');
    const wrong = whatIsWrong(request, url, body);
    if (!wrong) calls.push(`${request.method} ${url.pathname}`);
    const result =
      failures-- > 0 ? error(503, 'SlowDown') : wrong ? error(403, wrong) : answer(request, url, body);
    response.writeHead(result.status, result.etag ? { etag: result.etag } : {}).end(result.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
    region: REGION,
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: SECRET_ACCESS_KEY,
    bucket,
    files,
    calls,
    failNext: (count) => {
      failures = count;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const error = (status: number, code: string): Answer => ({
  status,
  body: `<Error><Code>${code}</Code></Error>`,
});
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signature version 4, from the documentation: null when the request is signed by the right key for just this content. */
function whatIsWrong(request: IncomingMessage, url: URL, body: Buffer): string | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!parts) return 'AccessDenied';
  const [, keyId, day, region, signedHeaders, signature] = parts as unknown as string[];
  const at = String(request.headers['x-amz-date']);
  if (keyId !== ACCESS_KEY_ID || region !== REGION) return 'InvalidAccessKeyId';
  const sent = Date.parse(at.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
  if (!at.startsWith(day!) || Math.abs(Date.now() - sent) > 15 * 60_000) return 'RequestTimeTooSkewed';
  const contentHash = String(request.headers['x-amz-content-sha256']);
  if (contentHash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signedHeaders!.split(';');
  const demanded = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  if (!demanded.every((name) => names.includes(name))) return 'AccessDenied';
  const query = [...url.searchParams]
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query,
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signedHeaders,
    contentHash,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce<Buffer>(
    hmac,
    hmac(hmac(`AWS4${SECRET_ACCESS_KEY}`, day!), region!),
  );
  return timingSafeEqual(hmac(key, text), Buffer.from(signature!, 'hex')) ? null : 'SignatureDoesNotMatch';
}
