import { describe, expect, it, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import { type Outcome, outcomeOfError, outcomeOfStatus } from './outcome.ts';
import { admit, beginTrial, type Circuit, FAILURES_TO_OPEN, pauseMs, refusal, settle } from './policy.ts';

const ok: Outcome = { kind: 'success' };
const bad: Outcome = { kind: 'failure', error: 'a.example answered 503.' };
const nothing: Outcome = { kind: 'neutral' };

/** One host under a clock of ours: what a caller would see. */
function host() {
  let circuit: Circuit | undefined;
  let now = 1_000_000;
  return {
    get circuit() {
      return circuit;
    },
    get now() {
      return now;
    },
    wait: (ms: number) => {
      now += ms;
    },
    admit: () => admit(circuit, now),
    call(outcome: Outcome, startedAt = now) {
      circuit = settle(circuit, { startedAt, trial: false }, outcome, now);
      return circuit?.state ?? 'closed';
    },
    begin(leaseMs = 60_000) {
      circuit = beginTrial(circuit!, now, leaseMs);
    },
    trial(outcome: Outcome) {
      circuit = settle(circuit, { startedAt: now, trial: true }, outcome, now);
      return circuit?.state ?? 'closed';
    },
    fail(times: number) {
      for (let i = 0; i < times; i++) this.call(bad);
      return this;
    },
  };
}

describe('a circuit', () => {
  it('opens at the fifth failure in a row, and not before', () => {
    const a = host().fail(FAILURES_TO_OPEN - 1);
    expect(a.admit()).toBe('call');
    expect(a.call(bad)).toBe('open');
    expect(a.admit()).toBe('refuse');
    expect(a.circuit).toMatchObject({ failures: 5, openedAt: a.now, lastError: 'a.example answered 503.' });
  });

  it('starts to count anew after a success, and remembers nothing of a healthy host', () => {
    const a = host().fail(4);
    a.call(ok);
    expect(a.circuit).toBeUndefined();
    expect(a.fail(4).admit()).toBe('call');
  });

  it('neither counts nor forgets at an answer that tells nothing', () => {
    const a = host().fail(4);
    a.call(nothing);
    expect(a.circuit?.failures).toBe(4);
    expect(a.call(bad)).toBe('open');
  });

  it('lets a trial through after 30 s, and nobody else while it is under way', () => {
    const a = host().fail(5);
    a.wait(29_999);
    expect(a.admit()).toBe('refuse');
    a.wait(1);
    expect(a.admit()).toBe('trial');
    a.begin();
    expect(a.admit()).toBe('refuse');
    expect(a.trial(ok)).toBe('closed');
    expect(a.admit()).toBe('call');
  });

  it('pauses twice as long after each failed trial, at most 5 minutes', () => {
    const a = host().fail(5);
    const pauses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const pause = a.circuit!.retryAt! - a.now;
      pauses.push(pause);
      a.wait(pause);
      a.begin();
      expect(a.trial(bad)).toBe('open');
    }
    expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
    expect(pauseMs(10_000)).toBe(300_000);
  });

  it('begins with the short pause again once it was closed', () => {
    const a = host().fail(5);
    a.wait(30_000);
    a.begin();
    a.trial(bad);
    a.wait(60_000);
    a.begin();
    a.trial(ok);
    a.fail(5);
    expect(a.circuit!.retryAt! - a.now).toBe(30_000);
  });

  it('gives the trial to the next one when it told nothing, or never came back', () => {
    const a = host().fail(5);
    a.wait(30_000);
    a.begin();
    expect(a.trial(nothing)).toBe('open');
    expect(a.circuit?.failures).toBe(5);
    expect(a.admit()).toBe('trial');
    a.begin(10_000);
    a.wait(9_999);
    expect(a.admit()).toBe('refuse');
    a.wait(1);
    expect(a.admit()).toBe('trial');
  });

  it('does not listen to calls that began before it opened or closed', () => {
    const a = host();
    const early = a.now;
    a.wait(1);
    a.fail(5);
    expect(a.call(ok, early)).toBe('open');
    expect(a.call(bad, early)).toBe('open');
    expect(a.circuit?.failures).toBe(5);
    a.wait(30_000);
    a.begin();
    a.trial(ok);
    a.call(ok);
    for (let i = 0; i < 10; i++) a.call(bad, early);
    expect(a.admit()).toBe('call');
    expect(a.circuit?.failures).toBe(0);
  });

  it('is forgotten once no earlier call can come back', () => {
    const a = host().fail(5);
    a.wait(30_000);
    a.begin();
    a.trial(ok);
    a.wait(300_000);
    a.call(ok);
    expect(a.circuit).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('names the host, the count, the time of the next try and the last failure, and may be tried again', () => {
    const a = host().fail(5);
    a.wait(6_500);
    const { data } = refusal('a.example:8080', a.circuit!, a.now, () => 0);
    expect(data).toEqual({
      kind: 'upstream',
      message: 'a.example:8080 was not called: it fails again and again.',
      detail:
        'It failed 5 times in a row. The next try is in 24 s. Its last failure: a.example answered 503.',
      retryable: true,
      retryAfterMs: 23_600,
    });
  });

  it('spreads those who come back, always after the next try', () => {
    const a = host().fail(5);
    const latest = refusal('a', a.circuit!, a.now, () => 0.999).data.retryAfterMs!;
    expect(latest).toBeGreaterThan(34_000);
    expect(latest).toBeLessThan(36_000);
  });

  it('sends callers away for a moment only while a trial is under way', () => {
    const a = host().fail(5);
    a.wait(30_000);
    a.begin(305_000);
    const { data } = refusal('a', a.circuit!, a.now, () => 0);
    expect(data.detail).toContain('It failed 5 times in a row. A trial call is under way.');
    expect(data.retryAfterMs).toBe(5_100);
  });
});

test.each([
  [200, 'success'],
  [302, 'success'],
  [401, 'success'],
  [404, 'success'],
  [429, 'neutral'],
  [500, 'failure'],
  [503, 'failure'],
])('an answer of %i is a %s', (status, kind) => {
  expect(outcomeOfStatus('a', status).kind).toBe(kind);
});

test.each([
  ['no connection', new NodeError('upstream', 'a refused the connection.'), 'failure'],
  ['a bad certificate', new NodeError('upstream', 'The certificate …', { retryable: false }), 'failure'],
  ['a time-out', new NodeError('timeout', 'a did not answer within 5 ms.'), 'failure'],
  ['too many redirects', new NodeError('upstream', 'a redirected …', { status: 302 }), 'success'],
  ['an answer that is too large', new NodeError('limit', 'The answer is larger …'), 'success'],
  ['a forbidden address', new NodeError('config', '“a” may not be called'), 'neutral'],
  ['a cancelled execution', new NodeError('stopped', 'The execution was cancelled.'), 'neutral'],
  ['anything unknown', new Error('?'), 'neutral'],
])('%s: judged', (_what, thrown, kind) => {
  expect(outcomeOfError('a', thrown).kind).toBe(kind);
});
