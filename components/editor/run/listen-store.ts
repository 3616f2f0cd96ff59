import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Listening } from '#server/triggers/schema.ts';
import type { EditorBackend } from '../backend.ts';

/** Which webhook's address is open for the draft, if any. */
export interface ListenState {
  nodeId: string | null;
  /** null: it is being opened. */
  ear: Listening | null;
  /** Why it could not be opened, or is closed. */
  problem: string | null;
  listen(nodeId: string): void;
  stop(): void;
}
export type ListenStore = StoreApi<ListenState>;

const IDLE = { nodeId: null, ear: null } as const;

const stores = new WeakMap<object, ListenStore>();

/** One per editing session. */
export function listenStoreOf(backend: Pick<EditorBackend, 'listen'>): ListenStore {
  const known = stores.get(backend);
  if (known) return known;
  const store = createListenStore(backend);
  stores.set(backend, store);
  return store;
}

export function createListenStore(backend: Pick<EditorBackend, 'listen'>): ListenStore {
  let close: () => void = () => undefined;
  return createStore<ListenState>((set, get) => ({
    ...IDLE,
    problem: null,
    listen(nodeId) {
      close();
      set({ nodeId, ear: null, problem: null });
      let mine = true;
      const done = (problem: string | null) => {
        if (!mine) return; // another one was opened meanwhile
        mine = false;
        set({ ...IDLE, problem });
      };
      const unsubscribe = backend.listen(nodeId, {
        onOpen: (ear) => {
          if (mine) set({ ear });
        },
        onEnd: done,
      });
      close = () => {
        mine = false;
        unsubscribe();
      };
    },
    stop() {
      close();
      if (get().nodeId !== null) set({ ...IDLE, problem: null });
    },
  }));
}
