'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What only the canvas itself needs to know: the edge under the pointer, or under something that is dragged. */
interface CanvasUi {
  hotEdge: string | null;
  warm(id: string): void;
  /** Forgets the edge a moment later, so that the pointer can reach its buttons. */
  cool(): void;
}

const COOL_MS = 250;

function createCanvasUi(): StoreApi<CanvasUi> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return createStore<CanvasUi>((set) => ({
    hotEdge: null,
    warm(id) {
      clearTimeout(timer);
      set({ hotEdge: id });
    },
    cool() {
      clearTimeout(timer);
      timer = setTimeout(() => set({ hotEdge: null }), COOL_MS);
    },
  }));
}

const Context = createContext<StoreApi<CanvasUi> | null>(null);

export function CanvasUiProvider({ children }: { children: ReactNode }) {
  const [ui] = useState(createCanvasUi);
  return <Context.Provider value={ui}>{children}</Context.Provider>;
}

export function useCanvasUi(): StoreApi<CanvasUi> {
  const ui = useContext(Context);
  if (!ui) throw new Error('Edges need a CanvasUiProvider around them.');
  return ui;
}
