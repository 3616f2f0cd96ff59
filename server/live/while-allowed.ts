import { AppError } from '../errors.ts';
import { log } from '../log.ts';

/** A session, key or membership that ends is felt by open streams within this time. */
const LOOK_EVERY_MS = 3_000;

/**
 * A signal that also aborts once `recheck` refuses: what was allowed when a stream began may not be any more. A database that
 * is away ends nothing.
 */
export function whileAllowed(
  signal: AbortSignal = new AbortController().signal,
  recheck: () => Promise<unknown>,
  everyMs = LOOK_EVERY_MS,
): AbortSignal {
  const over = new AbortController();
  const timer = setInterval(() => {
    recheck().catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code === 'SERVICE_UNAVAILABLE')
        return log.debug({ error: String(error) }, 'whether a stream may go on could not be looked up');
      clearInterval(timer);
      return over.abort(error);
    });
  }, everyMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  if (signal.aborted) clearInterval(timer);
  return AbortSignal.any([signal, over.signal]);
}
