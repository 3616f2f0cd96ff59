import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImportReport, WorkflowDetail } from '#server/workflows/schema.ts';
import type { SaveStatus } from '../autosave/autosaver.ts';

export type EditorDialog =
  | 'shortcuts'
  | 'settings'
  | 'run-input'
  | 'delete'
  | 'conflict'
  | 'publish-problems'
  | 'paste-report'
  | 'n8n-export';

/** What the server says of this workflow, how saving goes, and which dialog is open. */
export interface SessionState {
  active: boolean;
  liveDiffers: boolean;
  publishedVersion: WorkflowDetail['publishedVersion'];
  triggers: WorkflowDetail['triggers'];
  saveStatus: SaveStatus;
  saveError: string | null;
  /** Starting, publishing: the button that waits for the server. */
  busy: 'run' | 'activate' | null;
  dialog: EditorDialog | null;
  /** What became of the nodes of n8n that were pasted last. */
  pasteReport: ImportReport | null;
  /** Their ids by the names that they had there. */
  pastedNodes: ReadonlyMap<string, string>;
}
export type SessionStore = StoreApi<SessionState>;

export const liveOf = ({ active, liveDiffers, publishedVersion, triggers }: WorkflowDetail) => ({
  active,
  liveDiffers,
  publishedVersion,
  triggers,
});

export const createSessionStore = (detail: WorkflowDetail): SessionStore =>
  createStore<SessionState>(() => ({
    ...liveOf(detail),
    saveStatus: 'saved',
    saveError: null,
    busy: null,
    dialog: null,
    pasteReport: null,
    pastedNodes: new Map(),
  }));
