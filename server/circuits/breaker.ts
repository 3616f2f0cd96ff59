import { NodeError } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { callTimeoutMs } from '../outbound/http-door.ts';
import type { CircuitKey } from './memory.ts';
import { type Outcome, outcomeOfError, outcomeOfStatus } from './outcome.ts';
import { admit, refusal, settle } from './policy.ts';
import { createSharedCircuits } from './shared-circuits.ts';
import { type CircuitStore, circuitTable } from './store.ts';

/** While requests are made, the circuits of their workspaces are read this often, in one query. */
const CATCH_UP_EVERY_MS = 2_000;
/** What a trial's lease lasts beyond the longest that its call can take. */
const LEASE_MARGIN_MS = 5_000;
/** No name that can be looked up is longer, with its port; such a host fails by itself. */
const MAX_HOST_LENGTH = 260;

export interface Breaker {
  /** The door for one execution: calls to hosts that keep failing are refused with a NodeError that says when to come back. */
  guard(http: HttpDoor, workspaceId: string): HttpDoor;
  /** Resolves when the table has been told all that it can be told. */
  idle(): Promise<void>;
}

export interface BreakerParts {
  store?: CircuitStore;
  /** ms since epoch */
  now?: () => number;
  /** 0 ≤ x < 1 */
  random?: () => number;
  /** How long a call that is refused or a trial waits for the database. */
  patienceMs?: number;
}

interface Call {
  startedAt: number;
  trial: boolean;
}

/** One per worker process. A call to a healthy host costs two look-ups in maps and no query. */
export function createBreaker(parts: BreakerParts = {}): Breaker {
  const { store = circuitTable, now = Date.now, random = Math.random, patienceMs = 1_000 } = parts;
  const circuits = createSharedCircuits(store, now, patienceMs);
  const { memory } = circuits;
  /** Workspaces that made requests since the last look at the table. */
  const active = new Set<string>();
  let caughtUpAt = Number.NEGATIVE_INFINITY;
  /** Time limits of nodes that were counted: one that cuts ten calls off is one failure, not ten. */
  const countedLimits = new WeakSet<object>();

  const request = async (http: HttpDoor, workspaceId: string, asked: HttpRequest): Promise<HttpResponse> => {
    const host = placeOf(asked);
    if (host === null) return http.request(asked);
    const key: CircuitKey = { workspaceId, host, credentialId: asked.credentialId ?? '' };
    const at = now();
    active.add(workspaceId);
    if (at - caughtUpAt >= CATCH_UP_EVERY_MS) {
      caughtUpAt = at;
      circuits.catchUp(active);
      active.clear();
    }
    const trial = admit(memory.find(key)?.circuit, at) === 'call' ? false : await askLeave(key, asked);
    const call: Call = { startedAt: trial ? now() : at, trial };
    try {
      const response = await http.request(asked);
      end(key, call, outcomeOfStatus(host, response.status));
      return response;
    } catch (thrown) {
      end(key, call, outcomeOf(host, thrown, asked, trial));
      throw thrown;
    }
  };

  /** Not the usual way: the circuit is not closed, as far as is known here. True: this call is the trial. Or it is refused. */
  const askLeave = async (key: CircuitKey, asked: HttpRequest): Promise<boolean> => {
    await circuits.look(key.workspaceId);
    const entry = memory.find(key);
    const admission = admit(entry?.circuit, now());
    if (!entry || admission === 'call') return false;
    if (admission === 'trial' && (await circuits.claimTrial(entry, callTimeoutMs(asked) + LEASE_MARGIN_MS)))
      return true;
    const { circuit } = memory.find(key) ?? entry;
    if (circuit.state === 'closed') return false;
    throw refusal(key.host, circuit, now(), random);
  };

  const end = (key: CircuitKey, call: Call, outcome: Outcome): void => {
    const entry = memory.find(key);
    if (!entry && outcome.kind !== 'failure') return;
    const before = entry?.circuit;
    const after = settle(before, call, outcome, now());
    if (entry && call.trial) entry.trial = false;
    if (after === before) return;
    if (after) memory.set(key, after);
    else memory.delete(key);
    if (after && after.state !== (before?.state ?? 'closed')) circuits.tell(key, call.trial);
  };

  const outcomeOf = (host: string, thrown: unknown, asked: HttpRequest, trial: boolean): Outcome => {
    const outcome = outcomeOfError(host, thrown);
    const limit = asked.signal?.aborted && thrown === asked.signal.reason && thrown instanceof NodeError;
    if (!limit || trial) return outcome;
    if (countedLimits.has(thrown)) return { kind: 'neutral' };
    countedLimits.add(thrown);
    return outcome;
  };

  return {
    guard: (http, workspaceId) => ({ request: (asked) => request(http, workspaceId, asked) }),
    idle: () => circuits.idle(),
  };
}

/** A proxy that fails says nothing about the host behind it as others reach it. */
function placeOf({ url, proxy }: HttpRequest): string | null {
  const host = hostOf(url);
  if (host === null || !proxy) return host;
  return `${host} via ${hostOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`) ?? 'a proxy'}`;
}

/** null: nothing that can be called. The first URL counts, wherever it redirects to. */
function hostOf(url: string): string | null {
  const { host } = URL.parse(url) ?? { host: '' };
  return host === '' || host.length > MAX_HOST_LENGTH ? null : host;
}
