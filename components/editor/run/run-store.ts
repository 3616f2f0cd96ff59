import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineEvent } from '#engine/events.ts';
import { apply, type ExecutionState, initialState, isTerminal } from '#engine/state.ts';

/** The execution that the canvas shows, folded from its events with the engine's own reducer. */
export interface RunState {
  executionId: string | null;
  /** The user chose this one: news of other executions does not replace it. */
  pinned: boolean;
  /** Started from this editor: kept until it ends. */
  own: boolean;
  followedAt: number;
  state: ExecutionState;
  /** Which run of a node the data panel shows; absent: the last one. */
  chosenRun: Readonly<Record<string, number>>;

  follow(executionId: string, how?: { pinned?: boolean; own?: boolean }): void;
  receive(events: readonly EngineEvent[]): void;
  chooseRun(nodeId: string, run: number | null): void;
  pin(pinned: boolean): void;
  clear(): void;
}
export type RunStore = StoreApi<RunState>;

const IDLE = { executionId: null, pinned: false, own: false, chosenRun: {} };

export function createRunStore(now: () => number = Date.now): RunStore {
  return createStore<RunState>((set, get) => ({
    ...IDLE,
    followedAt: 0,
    state: initialState(),
    follow(executionId, { pinned = false, own = false } = {}) {
      if (executionId === get().executionId) return;
      set({ executionId, pinned, own, followedAt: now(), state: initialState(), chosenRun: {} });
    },
    receive(events) {
      const state = foldAll(get().state, events);
      if (state !== get().state) set({ state });
    },
    chooseRun(nodeId, run) {
      const { [nodeId]: _old, ...rest } = get().chosenRun;
      set({ chosenRun: run === null ? rest : { ...rest, [nodeId]: run } });
    },
    pin(pinned) {
      set({ pinned });
    },
    clear() {
      set({ ...IDLE, state: initialState() });
    },
  }));
}

/**
 * Folds many events with one copy of what they touch: a loop of 10,000 passes would otherwise copy its growing list of
 * runs once per event. Events that were already folded (a stream that resumed) are passed over.
 */
export function foldAll(state: ExecutionState, events: readonly EngineEvent[]): ExecutionState {
  const fresh = events.filter((e) => e.seq > state.seq);
  if (fresh.length === 0) return state;
  const next: ExecutionState = { ...state, nodes: { ...state.nodes }, skipped: { ...state.skipped } };
  const copied = new Set<string>();
  for (const event of fresh) {
    if ('run' in event && !copied.has(event.node)) {
      copied.add(event.node);
      next.nodes[event.node] = [...(next.nodes[event.node] ?? [])];
    }
    apply(next, event);
  }
  return next;
}

/** A run that just began is left on screen this long before a newer one takes its place. */
const HOLD_MS = 1500;

/** Should the canvas turn to this execution, of which it just heard? */
export function shouldFollow(
  run: RunState,
  executionId: string,
  seen: ReadonlySet<string>,
  at: number,
): boolean {
  if (run.pinned || executionId === run.executionId || seen.has(executionId)) return false;
  const active = run.executionId !== null && !isTerminal(run.state.status);
  if (run.own && active) return false;
  return !active || at - run.followedAt >= HOLD_MS;
}
