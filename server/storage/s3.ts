import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { checkKey, checkPrefix, type Storage, StorageError } from './storage.ts';

export interface S3Options {
  bucket: string;
  /** Before all keys; `''` or ends with a slash. */
  prefix: string;
  region: string;
  /** Of an S3-compatible service, which is then asked for `endpoint/bucket/key`. Absent: Amazon's own. */
  endpoint: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Larger bodies are sent in parts, so that no more than this is in memory; S3 wants at least 5 MB. */
const PART_BYTES = 8 * 1024 * 1024;
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const TIMEOUT_MS = 60_000;

interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer> | string;
  signal?: AbortSignal | undefined;
}

/** An S3 bucket or one that speaks its protocol. Calls are repeated while the service is away for a moment. */
export function createS3Storage(options: S3Options): Storage {
  const client = new AwsClient({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    region: options.region,
    service: 's3',
  });
  const base = options.endpoint
    ? `${options.endpoint.replace(/\/$/, '')}/${options.bucket}/`
    : `https://${options.bucket}.s3.${options.region}.amazonaws.com/`;
  const name = (key: string) => options.prefix + checkKey(key);

  const once = async (url: URL, { method, headers, body, signal }: Call): Promise<Response> => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signed = await client.sign(url.toString(), {
      method,
      headers: { ...headers, 'x-amz-content-sha256': hash(body ?? '') },
      ...(body === undefined ? {} : { body }),
    });
    return fetch(signed, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  };

  /** Any answer that is not the service's trouble; 404 is one. */
  const call = async (path: string, request: Call): Promise<Response> => {
    const url = new URL(base + path);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
    for (let attempt = 1; ; attempt++) {
      let trouble: string;
      try {
        const response = await once(url, request);
        if (response.ok || response.status === 404) return response;
        const text = (await response.text()).slice(0, 500);
        trouble = `status ${response.status} ${/<Code>([^<]*)/.exec(text)?.[1] ?? ''}`;
        if (response.status < 500 && response.status !== 429) throw refused(request, trouble);
      } catch (error) {
        if (error instanceof StorageError || request.signal?.aborted) throw error;
        trouble = (error as Error).message;
      }
      if (attempt === ATTEMPTS) throw refused(request, trouble);
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  };

  const inParts = async (
    path: string,
    first: Buffer<ArrayBuffer>,
    rest: AsyncGenerator<Buffer<ArrayBuffer>>,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const started = await (await call(path, { method: 'POST', query: { uploads: '' }, signal })).text();
    const uploadId = /<UploadId>([^<]+)</.exec(started)?.[1] ?? '';
    try {
      const tags: string[] = [];
      const send = async (body: Buffer<ArrayBuffer>) => {
        const query = { partNumber: String(tags.length + 1), uploadId };
        const response = await call(path, { method: 'PUT', query, body, signal });
        tags.push(response.headers.get('etag') ?? '');
      };
      await send(first);
      for await (const part of rest) await send(part);
      const list = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
      const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`;
      const done = await (await call(path, { method: 'POST', query: { uploadId }, body, signal })).text();
      if (done.includes('<Error>')) throw refused({ method: 'POST' }, done.slice(0, 200)); // with status 200
    } catch (error) {
      await call(path, { method: 'DELETE', query: { uploadId } });
      throw error;
    }
  };

  const list = async (prefix: string, after?: string): Promise<string[]> => {
    const query = {
      'list-type': '2',
      prefix: options.prefix + prefix,
      ...(after === undefined ? {} : { 'start-after': options.prefix + after }),
    };
    const listed = await (await call('', { method: 'GET', query })).text();
    return [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map((match) =>
      match[1]!.slice(options.prefix.length),
    );
  };

  /**
   * Those of these prefixes, in order, below which there is anything. Each list shows the next thousand keys; what they pass
   * over has nothing, and the next list begins at the first prefix behind them.
   */
  const findUsed = async (parent: string, prefixes: readonly string[]): Promise<string[]> => {
    const used: string[] = [];
    for (let next = 0; next < prefixes.length; ) {
      const keys = await list(parent, prefixes[next]);
      const last = keys.at(-1);
      if (last === undefined) break;
      const owners = new Set(keys.map((key) => key.slice(0, key.indexOf('/', parent.length) + 1)));
      for (; next < prefixes.length && prefixes[next]! <= last; next++)
        if (owners.has(prefixes[next]!)) used.push(prefixes[next]!);
    }
    return used;
  };

  const deletePrefix = async (prefix: string): Promise<void> => {
    checkPrefix(prefix);
    for (;;) {
      const keys = await list(prefix);
      if (keys.length === 0) return;
      for (const key of keys) await call(name(key), { method: 'DELETE' });
    }
  };

  return {
    async put(key, body, signal) {
      const path = name(key);
      const parts = inPieces(body, PART_BYTES);
      const first = await parts.next();
      const small = first.done ? Buffer.alloc(0) : first.value;
      if (small.length < PART_BYTES) await call(path, { method: 'PUT', body: small, signal });
      else await inParts(path, small, parts, signal);
    },
    async get(key) {
      const response = await call(name(key), { method: 'GET' });
      if (response.status === 404 || !response.body) throw new StorageError('missing', `There is no ${key}.`);
      return response.body;
    },
    async copy(from, to) {
      const headers = { 'x-amz-copy-source': `/${options.bucket}/${name(from)}` };
      const response = await call(name(to), { method: 'PUT', headers });
      if (response.status === 404) throw new StorageError('missing', `There is no ${from}.`);
    },
    async delete(key) {
      await call(name(key), { method: 'DELETE' });
    },
    deletePrefix,
    async deletePrefixes(prefixes) {
      const parentOf = (prefix: string) => prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
      for (const [parent, wanted] of Map.groupBy(prefixes.map(checkPrefix), parentOf))
        for (const prefix of await findUsed(parent, wanted.toSorted())) await deletePrefix(prefix);
    },
  };
}

const hash = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex');

const refused = ({ method }: Pick<Call, 'method'>, trouble: string) =>
  new StorageError('unavailable', `The storage did not take a ${method}: ${trouble.trim()}`);

/** Chunks of any size as buffers of exactly `size`, and a last one with the rest. */
async function* inPieces(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer<ArrayBuffer>> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    while (length >= size) {
      const all = Buffer.concat(chunks);
      yield all.subarray(0, size);
      chunks = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(chunks);
}
