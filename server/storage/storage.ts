/**
 * Files by key, outside the database: on disk or in an S3 bucket. Keys are paths of plain names, and the first parts say
 * whose they are: `executions/<id>/<name>`.
 */
export interface Storage {
  /** Resolves once the bytes are durable; until then readers see what was there before, or nothing. */
  put(key: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
  /** Rejects with StorageError(missing). */
  get(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Rejects with StorageError(missing). */
  copy(from: string, to: string): Promise<void>;
  /** Does nothing when there is none. */
  delete(key: string): Promise<void>;
  /** Everything below; `prefix` ends with a slash. */
  deletePrefix(prefix: string): Promise<void>;
  /** The same for many, most of which have nothing below: that is found out without a call for each. */
  deletePrefixes(prefixes: readonly string[]): Promise<void>;
}

export class StorageError extends Error {
  readonly reason: 'missing' | 'unavailable';
  constructor(reason: 'missing' | 'unavailable', message: string) {
    super(message);
    this.name = 'StorageError';
    this.reason = reason;
  }
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$/;

/** The key itself. Throws for one that could lead anywhere else: names are plain and never begin with a dot. */
export function checkKey(key: string): string {
  const names = key.split('/');
  if (names.length < 2 || names.length > 8 || !names.every((name) => NAME.test(name)))
    throw new StorageError('missing', `“${key.slice(0, 200)}” is not a key.`);
  return key;
}

/** `executions/<id>/`: at least two names, so that nothing but one owner's files is ever meant. */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new StorageError('missing', `“${prefix.slice(0, 200)}” is not a prefix.`);
  checkKey(prefix.slice(0, -1));
  return prefix;
}
