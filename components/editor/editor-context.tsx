'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { EditorBackend } from './backend.ts';
import type { RunState, RunStore } from './run/run-store.ts';
import type { EditorActions } from './session/actions.ts';
import type { SessionState, SessionStore } from './session/session-store.ts';
import type { EditorState, EditorStore } from './store/editor-store.ts';

export interface EditorContextValue {
  store: EditorStore;
  run: RunStore;
  /** Absent where nothing is edited: the read-only canvas of an execution. */
  editing: Editing | null;
}

interface Editing {
  backend: EditorBackend;
  session: SessionStore;
  actions: EditorActions;
}

const EditorContext = createContext<EditorContextValue | null>(null);

export function EditorProvider({ value, children }: { value: EditorContextValue; children: ReactNode }) {
  return <EditorContext.Provider value={value}>{children}</EditorContext.Provider>;
}

export function useEditorContext(): EditorContextValue {
  const value = useContext(EditorContext);
  if (!value) throw new Error('The editor’s parts need an EditorProvider around them.');
  return value;
}

/** Subscribes to a part of the editor's state. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorContext().store, select);
}

/** The editor's state now, for event handlers: no subscription. */
export function useEditorStore(): EditorStore {
  return useEditorContext().store;
}

export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useEditorContext().run, select);
}

export function useRunStore(): RunStore {
  return useEditorContext().run;
}

/** For the parts that only an editing session shows. */
export function useEditing(): Editing {
  const { editing } = useEditorContext();
  if (!editing) throw new Error('This part belongs to an editing session.');
  return editing;
}

export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useEditing().session, select);
}
