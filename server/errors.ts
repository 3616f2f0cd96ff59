/** One table for every failure that a caller may see: tRPC code, HTTP status, log level. */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, log: 'debug' },
  UNAUTHORIZED: { status: 401, log: 'debug' },
  PAYMENT_REQUIRED: { status: 402, log: 'debug' },
  FORBIDDEN: { status: 403, log: 'info' },
  NOT_FOUND: { status: 404, log: 'debug' },
  METHOD_NOT_SUPPORTED: { status: 405, log: 'debug' },
  TIMEOUT: { status: 408, log: 'warn' },
  CONFLICT: { status: 409, log: 'debug' },
  PAYLOAD_TOO_LARGE: { status: 413, log: 'info' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, log: 'debug' },
  UNPROCESSABLE_CONTENT: { status: 422, log: 'debug' },
  TOO_MANY_REQUESTS: { status: 429, log: 'info' },
  INTERNAL_SERVER_ERROR: { status: 500, log: 'error' },
  SERVICE_UNAVAILABLE: { status: 503, log: 'error' },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

export class AppError extends Error {
  readonly code: ErrorCode;
  /** Shown to the caller beside the message: `issues` of a workflow, `retryAfter` in seconds. */
  readonly extra: Record<string, unknown>;
  constructor(code: ErrorCode, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.extra = extra;
  }
}

/** Foreign and missing rows give this same answer, so that nobody can tell one from the other. */
export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `This ${what} does not exist.`);

/** The body of a failed HTTP call (RFC 9457). */
export function toProblem(error: AppError): { status: number; body: Record<string, unknown> } {
  const { status } = ERROR_CODES[error.code];
  return {
    status,
    body: { type: 'about:blank', title: error.code, status, detail: error.message, ...error.extra },
  };
}
