import { NodeError } from '#engine/errors.ts';

/** What a call tells about its host. neutral: nothing. */
export type Outcome = { kind: 'success' } | { kind: 'failure'; error: string } | { kind: 'neutral' };

const SUCCESS: Outcome = { kind: 'success' };
const NEUTRAL: Outcome = { kind: 'neutral' };
/** It is stored and shown; hosts can be long. */
const MAX_ERROR_LENGTH = 300;

/** 5xx is a failure. 429 is an answer of a healthy host that wants less, so it neither counts nor resets the count. */
export function outcomeOfStatus(host: string, status: number): Outcome {
  if (status >= 500) return failure(`${host} answered ${status}.`);
  return status === 429 ? NEUTRAL : SUCCESS;
}

/**
 * No connection, DNS, TLS and time-outs are failures. An answer that the door did not take, too large for instance, is
 * an answer. What the caller is to blame for (a wrong URL, a cancelled execution) tells nothing.
 */
export function outcomeOfError(host: string, thrown: unknown): Outcome {
  if (!(thrown instanceof NodeError)) return NEUTRAL;
  const { kind, status, message } = thrown.data;
  if (status !== undefined) return outcomeOfStatus(host, status);
  if (kind === 'upstream' || kind === 'timeout') return failure(message);
  return kind === 'limit' ? SUCCESS : NEUTRAL;
}

const failure = (error: string): Outcome => ({ kind: 'failure', error: error.slice(0, MAX_ERROR_LENGTH) });
