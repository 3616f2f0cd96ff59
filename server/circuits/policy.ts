import { NodeError } from '#engine/errors.ts';
import type { Outcome } from './outcome.ts';
import type { CircuitState } from './schema.ts';

/** Failures in a row that open a circuit. */
export const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 300_000;
/** The door ends every call by then; what began longer ago has been settled. */
const LONGEST_CALL_MS = 300_000;
/** Callers that wait for a trial look again about then. */
const TRIAL_PATIENCE_MS = 5_000;

/** What is known of a host with a past. One without has no circuit at all. Times in ms since epoch. */
export interface Circuit {
  state: CircuitState;
  /** Failures in a row. */
  failures: number;
  /** Last change of state, 0 for none. Calls that began before it say nothing about the host as it is now. */
  changedAt: number;
  openedAt: number | null;
  /** open: when a trial may go out · half_open: when the trial that is under way counts as lost. */
  retryAt: number | null;
  lastError: string | null;
}

export type Admission = 'call' | 'trial' | 'refuse';

/** What a call may do that wants to go out now. A trial must be begun (`beginTrial`) before anything else is asked. */
export function admit(circuit: Circuit | undefined, now: number): Admission {
  if (!circuit || circuit.state === 'closed') return 'call';
  return now >= (circuit.retryAt ?? 0) ? 'trial' : 'refuse';
}

/** One trial call goes out; after `leaseMs` without a word of it another one may. */
export const beginTrial = (circuit: Circuit, now: number, leaseMs: number): Circuit => ({
  ...circuit,
  state: 'half_open',
  changedAt: now,
  retryAt: now + leaseMs,
});

/** The circuit after a call has ended; undefined when there is nothing to remember; the same object when nothing changed. */
export function settle(
  circuit: Circuit | undefined,
  call: { startedAt: number; trial: boolean },
  outcome: Outcome,
  now: number,
): Circuit | undefined {
  if (circuit && circuit.state !== 'closed') return call.trial ? endTrial(circuit, outcome, now) : circuit;
  if (circuit && call.startedAt < circuit.changedAt) return circuit;
  if (outcome.kind === 'failure') return countFailure(circuit, outcome.error, now);
  if (outcome.kind === 'neutral' || !circuit) return circuit;
  const maybeCalledBefore = now - circuit.changedAt < LONGEST_CALL_MS;
  if (!maybeCalledBefore) return undefined;
  return circuit.failures === 0 ? circuit : { ...circuit, failures: 0 };
}

function countFailure(circuit: Circuit | undefined, lastError: string, now: number): Circuit {
  const failures = (circuit?.failures ?? 0) + 1;
  if (failures >= FAILURES_TO_OPEN)
    return {
      state: 'open',
      failures,
      changedAt: now,
      openedAt: now,
      retryAt: now + pauseMs(failures),
      lastError,
    };
  return {
    state: 'closed',
    failures,
    changedAt: circuit?.changedAt ?? 0,
    openedAt: circuit?.openedAt ?? null,
    retryAt: null,
    lastError,
  };
}

function endTrial(circuit: Circuit, outcome: Outcome, now: number): Circuit {
  switch (outcome.kind) {
    case 'success':
      return { ...circuit, state: 'closed', failures: 0, changedAt: now, retryAt: null };
    case 'failure': {
      const failures = circuit.failures + 1;
      const retryAt = now + pauseMs(failures);
      return { ...circuit, state: 'open', failures, changedAt: now, retryAt, lastError: outcome.error };
    }
    case 'neutral': // it told nothing, so the next call is a trial again
      return { ...circuit, state: 'open', changedAt: now, retryAt: now };
  }
}

/** Twice as long after each failed trial. A function of the count, so that workers need to share nothing else. */
export const pauseMs = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - FAILURES_TO_OPEN), LONGEST_PAUSE_MS);

/**
 * What a refused call fails with. Those who are refused are told different times to come back, a little later than the
 * next try: together they would meet one trial again, and all but one would lose another attempt.
 */
export function refusal(host: string, circuit: Circuit, now: number, random: () => number): NodeError {
  const { state, failures, lastError } = circuit;
  const leftMs = Math.max(0, (circuit.retryAt ?? now) - now);
  const [next, waitMs] =
    state === 'half_open'
      ? ['A trial call is under way.', Math.min(leftMs, TRIAL_PATIENCE_MS)]
      : [`The next try is in ${Math.ceil(leftMs / 1000)} s.`, leftMs];
  const spreadMs = 100 + random() * Math.min(waitMs / 4, TRIAL_PATIENCE_MS);
  // numbers that change would make every failure look like another one
  return new NodeError('upstream', `${host} was not called: it fails again and again.`, {
    retryable: true,
    retryAfterMs: Math.round(waitMs + spreadMs),
    detail: `It failed ${failures} times in a row. ${next}${lastError ? ` Its last failure: ${lastError}` : ''}`,
  });
}
