import type { Workflow } from '#engine/workflow.ts';

export type SaveStatus = 'saved' | 'dirty' | 'saving' | 'offline' | 'conflict' | 'rejected';
export type SaveFailure = 'conflict' | 'network' | 'rejected';

export interface AutosaverPorts<R extends { revision: number }> {
  /** `revision` absent: overwrite whatever is there. */
  save(draft: Workflow, revision: number | undefined): Promise<R>;
  classify(error: unknown): SaveFailure;
  onStatus(status: SaveStatus, error?: unknown): void;
  onSaved(draft: Workflow, result: R): void;
  /** Runs `task` later and gives a way to call it off. */
  later(task: () => void, ms: number): () => void;
  /** Keeps or, with null, drops the copy on this device. */
  keepLocally(copy: { draft: Workflow; revision: number } | null): void;
}

export interface Autosaver {
  changed(draft: Workflow): void;
  /** Resolves when the newest draft is on the server; rejects when it cannot get there now. */
  flush(): Promise<void>;
  /** After a conflict: save mine over theirs. */
  overwrite(): Promise<void>;
  /** After a conflict: theirs was loaded, go on from there. */
  accept(revision: number): void;
  status(): SaveStatus;
  dispose(): void;
}

export const SAVE_DELAY_MS = 800;
const MAX_BACKOFF_MS = 30_000;

/**
 * Saves drafts one at a time, the newest wins. A conflict stops it until the user has decided, so that nobody's work is
 * lost silently; a network failure keeps a copy on this device and tries again, ever slower.
 */
export function createAutosaver<R extends { revision: number }>(
  revision: number,
  ports: AutosaverPorts<R>,
): Autosaver {
  let base: number | undefined = revision;
  let lastRevision = revision;
  let pending: Workflow | null = null;
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let failures = 0;
  let status: SaveStatus = 'saved';
  let disposed = false;

  const tell = (next: SaveStatus, error?: unknown) => {
    status = next;
    if (!disposed) ports.onStatus(next, error);
  };
  const schedule = (ms: number) => {
    cancel?.();
    cancel = ports.later(() => {
      cancel = null;
      send().catch(() => undefined); // the status already tells what went wrong
    }, ms);
  };

  async function send(): Promise<void> {
    if (running) {
      await running.catch(() => undefined);
      return pending ? send() : undefined;
    }
    if (!pending) return;
    cancel?.();
    cancel = null;
    const draft = pending;
    pending = null;
    tell('saving');
    running = attempt(draft).finally(() => {
      running = null;
    });
    return running;
  }

  async function attempt(draft: Workflow): Promise<void> {
    try {
      const result = await ports.save(draft, base);
      base = result.revision;
      lastRevision = result.revision;
      failures = 0;
      ports.onSaved(draft, result);
      if (!pending) ports.keepLocally(null);
      tell(pending ? 'dirty' : 'saved');
      if (pending) schedule(SAVE_DELAY_MS);
    } catch (error) {
      pending ??= draft;
      ports.keepLocally({ draft: pending, revision: lastRevision });
      const failure = ports.classify(error);
      tell(failure === 'network' ? 'offline' : failure, error);
      if (failure === 'network') schedule(Math.min(MAX_BACKOFF_MS, 1000 * 2 ** failures++));
      throw error;
    }
  }

  return {
    changed(draft) {
      pending = draft;
      if (status === 'conflict') return ports.keepLocally({ draft, revision: lastRevision });
      if (status === 'offline') return ports.keepLocally({ draft, revision: lastRevision });
      if (!running) tell('dirty');
      schedule(SAVE_DELAY_MS);
    },
    async flush() {
      if (status === 'conflict') throw new Error('Decide first which of the two drafts to keep.');
      while (pending || running) await send();
    },
    overwrite() {
      base = undefined;
      tell('dirty');
      return send();
    },
    accept(next) {
      base = next;
      lastRevision = next;
      pending = null;
      failures = 0;
      ports.keepLocally(null);
      tell('saved');
    },
    status: () => status,
    dispose() {
      disposed = true;
      cancel?.();
    },
  };
}
