import type { NodeErrorData } from './errors.ts';
import type { RetrySettings } from './workflow.ts';

/**
 * Milliseconds until the next attempt, or null when there is none. `attempt` is the one that failed, from 1.
 * Exponential: delay × 2^(attempt−1), at most maxDelay; jitter takes a random part of 50–100 % (“equal jitter”,
 * so that many executions failing together do not come back together). An upstream's Retry-After is never undercut.
 */
export function retryDelayMs(
  settings: RetrySettings | null,
  error: NodeErrorData,
  attempt: number,
  random: () => number,
): number | null {
  if (!settings || !error.retryable || attempt >= settings.maxAttempts) return null;
  const factor = settings.backoff === 'exponential' ? 2 ** Math.min(attempt - 1, 30) : 1;
  const full = Math.min(settings.delayMs * factor, settings.maxDelayMs);
  const delay = settings.jitter ? full / 2 + (full / 2) * random() : full;
  return Math.round(Math.max(delay, error.retryAfterMs ?? 0));
}
