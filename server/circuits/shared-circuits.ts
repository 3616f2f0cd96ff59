import { createLane } from '#lib/lane.ts';
import { log } from '../log.ts';
import { type CircuitKey, createCircuitMemory, type Entry, nameOf } from './memory.ts';
import { beginTrial, type Circuit } from './policy.ts';
import type { CircuitStore, StoredCircuit } from './store.ts';

/** How old a look at the table may be before a call is refused: “Try now” must not meet yesterday's news. */
const FRESH_MS = 500;
const MAX_UNSAVED = 1_000;
const MAX_LOOKS_REMEMBERED = 5_000;

/**
 * What this process knows of circuits, kept in step with the table. Nothing here rejects when the database is away, and
 * one that does not answer within `patienceMs` holds no call up.
 */
export function createSharedCircuits(store: CircuitStore, now: () => number, patienceMs: number) {
  const memory = createCircuitMemory();
  const lookedAt = new Map<string, number>();
  /** Changes of state that the table does not have yet, by workspace and name. */
  const unsaved = new Map<string, { key: CircuitKey; trial: boolean }>();
  let saving: Promise<void> | null = null;

  const lane = createLane<string, void>(
    async (workspaceIds) => {
      const ids = [...new Set(workspaceIds)];
      await refresh(ids).catch((error: unknown) => complain('open circuits could not be read', error));
      return workspaceIds.map(() => undefined);
    },
    { maxBatch: 1_000, splitOn: () => false },
  );

  const refresh = async (workspaceIds: string[]): Promise<void> => {
    const askedAt = now();
    if (lookedAt.size > MAX_LOOKS_REMEMBERED) lookedAt.clear();
    for (const id of workspaceIds) lookedAt.set(id, askedAt);
    const rows = await store.listOpen(workspaceIds);
    const open = new Set(rows.map(idOf));
    for (const row of rows) if (mayAdopt(memory.find(row), askedAt)) adopt(row, row);
    for (const entry of workspaceIds.flatMap((id) => memory.entriesOf(id))) {
      const closedElsewhere = entry.circuit.state !== 'closed' && !open.has(idOf(entry.key));
      if (closedElsewhere && mayAdopt(entry, askedAt)) adopt(entry.key, null);
    }
  };

  /** What happened here after the question was asked is newer than the answer. */
  const mayAdopt = (entry: Entry | undefined, askedAt: number): boolean =>
    !entry ||
    (!entry.trial &&
      !unsaved.has(idOf(entry.key)) &&
      Math.max(entry.circuit.changedAt, entry.toldAt) < askedAt);

  const adopt = (key: CircuitKey, row: StoredCircuit | null): void => {
    const before = memory.find(key)?.circuit;
    const { workspaceId, host, credentialId } = key;
    memory.set(
      { workspaceId, host, credentialId },
      row ? fromRow(row, before, now()) : closed(before, now()),
    );
  };

  const save = async (): Promise<void> => {
    for (const [id, change] of [...unsaved]) {
      const entry = memory.find(change.key);
      try {
        if (entry) {
          await store.save(change.key, entry.circuit, now(), change.trial);
          entry.toldAt = now();
        }
        if (unsaved.get(id) === change) unsaved.delete(id);
      } catch (error) {
        if (unsaved.delete(id)) unsaved.set(id, change); // to the end: one that can never be saved must not hold up the others
        return complain('a circuit could not be saved', error);
      }
    }
  };

  const saveSoon = (): void => {
    saving ??= save().finally(() => {
      saving = null;
    });
  };

  const withPatience = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    const { promise, resolve } = Promise.withResolvers<T>();
    const timer = setTimeout(() => resolve(otherwise), patienceMs);
    return Promise.race([work, promise]).finally(() => clearTimeout(timer));
  };

  const saved = async (): Promise<void> => {
    while (saving) await saving;
  };

  return {
    memory,
    /** Writes this circuit's state down, now or as soon as the database is back. `trial`: it comes from a trial of ours. */
    tell(key: CircuitKey, trial: boolean): void {
      const id = idOf(key);
      unsaved.set(id, { key, trial: trial || (unsaved.get(id)?.trial ?? false) });
      if (unsaved.size > MAX_UNSAVED) unsaved.delete(unsaved.keys().next().value!);
      if (saving) void saving.finally(saveSoon);
      else saveSoon();
    },
    /** In the background: what the table says of these workspaces, and what it has not been told. */
    catchUp(workspaceIds: Iterable<string>): void {
      for (const id of workspaceIds) void lane.push(id);
      if (unsaved.size > 0) saveSoon();
    },
    /** Looks at the table, unless it just did. */
    async look(workspaceId: string): Promise<void> {
      if (now() - (lookedAt.get(workspaceId) ?? 0) > FRESH_MS)
        await withPatience(lane.push(workspaceId), undefined);
    },
    /** Asks for the trial of a circuit that is due. False: it is somebody else's, or the circuit is no longer open. */
    async claimTrial(entry: Entry, leaseMs: number): Promise<boolean> {
      entry.trial = true; // from here on nobody else in this process gets through
      entry.circuit = beginTrial(entry.circuit, now(), leaseMs);
      const claim = store.claimTrial(entry.key, entry.circuit, now()).catch((error: unknown) => {
        complain('a trial could not be claimed', error);
        return true as const; // a host must not stay shut because the database is away
      });
      const answer = await withPatience(claim, true);
      if (answer === true) return true;
      entry.trial = false;
      adopt(entry.key, answer);
      return false;
    },
    /** Resolves when all that can be told has been told. */
    idle: (): Promise<void> => withPatience(saved(), undefined),
  };
}
export type SharedCircuits = ReturnType<typeof createSharedCircuits>;

const idOf = (key: CircuitKey): string => `${key.workspaceId} ${nameOf(key)}`;

const complain = (what: string, error: unknown): void =>
  log.debug({ error: error instanceof Error ? error.message : String(error) }, what);

const fromRow = (row: StoredCircuit, before: Circuit | undefined, now: number): Circuit => ({
  state: row.state,
  failures: row.failures,
  changedAt: before?.state === row.state ? before.changedAt : now,
  openedAt: row.openedAgoMs === null ? null : now - row.openedAgoMs,
  retryAt: row.retryInMs === null ? null : now + row.retryInMs,
  lastError: row.lastError,
});

const closed = (before: Circuit | undefined, now: number): Circuit => ({
  state: 'closed',
  failures: 0,
  changedAt: now,
  openedAt: before?.openedAt ?? null,
  retryAt: null,
  lastError: before?.lastError ?? null,
});
