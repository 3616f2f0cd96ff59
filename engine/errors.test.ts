import { describe, expect, it } from 'vitest';
import { NodeError, toNodeErrorData } from './errors.ts';

describe('a failure as it is stored', () => {
  it('is what a NodeError says; only what may pass by itself is tried again', () => {
    const error = new NodeError('upstream', 'down', { status: 503, retryAfterMs: 1000 });
    expect(toNodeErrorData(error)).toEqual({
      kind: 'upstream',
      message: 'down',
      status: 503,
      retryAfterMs: 1000,
      retryable: true,
    });
    expect(new NodeError('timeout', 'late').data.retryable).toBe(true);
    expect(new NodeError('auth', 'refused').data.retryable).toBe(false);
    expect(new NodeError('upstream', 'gone', { retryable: false }).data.retryable).toBe(false);
  });

  it('is ours for anything else that is thrown', () => {
    expect(toNodeErrorData(new TypeError('x is not a function'))).toEqual({
      kind: 'bug',
      message: 'x is not a function',
      retryable: false,
    });
    expect(toNodeErrorData('just text').message).toBe('just text');
    expect(toNodeErrorData(new Error('')).message).toBe('Unknown error');
  });

  it('is a timeout when something was aborted', () => {
    const { reason } = AbortSignal.abort();
    expect(toNodeErrorData(reason)).toMatchObject({ kind: 'timeout', retryable: true });
  });
});
