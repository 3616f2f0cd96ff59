import type { NodeErrorData } from '#engine/errors.ts';

const ADVICE: Record<NodeErrorData['kind'], string> = {
  config: 'Something is set up wrong. Correct the marked field and run again.',
  auth: 'The other side refused the credential. Check it, connect it again, or ask for the missing permission.',
  upstream: 'The other side failed. Try again later, or let the node retry by itself (Settings → Try again).',
  limit: 'A limit was hit. Send fewer items at once, wait between batches, or raise the limit.',
  timeout: 'It took too long. Raise the time limit in the node’s settings, or ask for less.',
  interrupted:
    'The worker stopped while this was being written, so it is not known whether it arrived. Check on the other side before you run it again.',
  stopped: 'The workflow itself ended here with an error, as it was told to.',
  bug: 'This is a fault in LinkFlow, not in your workflow. Running again may help; please report it with the message above.',
};

/** What to do about a failure, in one or two sentences. */
export function adviceFor(error: NodeErrorData): string {
  if (error.kind === 'upstream' && error.status === 429)
    return 'The other side asks to slow down. Lower the number of requests at once, or let the node retry.';
  if (error.kind === 'upstream' && error.status === 404)
    return 'The other side does not know this address. Check the URL and its ids.';
  // only a call that was never made has a time to come back and no status
  if (error.kind === 'upstream' && error.retryAfterMs !== undefined && error.status === undefined)
    return 'The host is left alone for a while, since it kept failing. Let the node retry (Settings → Try again), or press “Try now” on the page Upstreams.';
  if (error.kind === 'config' && error.field) return `Correct “${error.field}” and run again.`;
  return ADVICE[error.kind];
}
