import { TRPCClientError } from '@trpc/client';

/** The error table's code (`NOT_FOUND`, `CONFLICT`, …); null when the server was not reached. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  return typeof data.code === 'string' ? data.code : null;
}

/** One sentence for people. */
export function errorMessage(error: unknown): string {
  if (errorCode(error) === null) return 'The server cannot be reached. Check your connection and try again.';
  return error instanceof Error ? error.message : 'Something went wrong.';
}
