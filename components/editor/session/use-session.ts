'use client';

import { useEffect, useState } from 'react';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { validate } from '#engine/validate.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import type { WorkflowDetail } from '#server/workflows/schema.ts';
import { createAutosaver } from '../autosave/autosaver.ts';
import { writeLocalCopy } from '../autosave/local-copy.ts';
import type { EditorBackend } from '../backend.ts';
import { createRunStore } from '../run/run-store.ts';
import { createEditorStore, isDirty } from '../store/editor-store.ts';
import { createActions } from './actions.ts';
import { createSessionStore } from './session-store.ts';

/** One editing session: the stores, the autosaver between draft and server, and the actions on them. */
export function useSession(detail: WorkflowDetail, backend: EditorBackend, readOnly: boolean) {
  const [parts] = useState(() => createSession(detail, backend, readOnly));
  useEffect(() => {
    const { store, saver } = parts;
    let last = store.getState().draft;
    const stop = store.subscribe((state) => {
      if (state.draft === last) return;
      last = state.draft;
      if (isDirty(state)) saver.changed(state.draft);
    });
    const guard = (event: BeforeUnloadEvent) => {
      const state = store.getState();
      if (!isDirty(state)) return;
      writeLocalCopy(state.workflowId, { draft: state.draft, revision: detail.revision });
      event.preventDefault();
    };
    const flush = () => {
      if (document.visibilityState === 'hidden') saver.flush().catch(() => undefined); // the status bar shows failures
    };
    addEventListener('beforeunload', guard);
    document.addEventListener('visibilitychange', flush);
    return () => {
      stop();
      removeEventListener('beforeunload', guard);
      document.removeEventListener('visibilitychange', flush);
      // leaving by a link inside the app: no unload event, so the last words are sent now
      saver.flush().catch(() => undefined);
    };
  }, [parts, detail.revision]);
  return parts;
}

function createSession(detail: WorkflowDetail, backend: EditorBackend, readOnly: boolean) {
  const store = createEditorStore({
    workflowId: detail.id,
    draft: workflowSchema.parse(detail.draft),
    readOnly,
    validate: (workflow) => validate(workflow, nodeCatalog),
  });
  const run = createRunStore();
  const session = createSessionStore(detail);
  const saver = createAutosaver(detail.revision, {
    save: (draft, revision) => backend.saveDraft(draft, revision),
    classify(error) {
      const code = errorCode(error);
      if (code === 'CONFLICT') return 'conflict';
      return code === null ||
        code === 'INTERNAL_SERVER_ERROR' ||
        code === 'TIMEOUT' ||
        code === 'TOO_MANY_REQUESTS'
        ? 'network'
        : 'rejected';
    },
    onStatus(saveStatus, error) {
      session.setState({
        saveStatus,
        saveError: error === undefined ? null : errorMessage(error),
        ...(saveStatus === 'conflict' ? { dialog: 'conflict' as const } : {}),
      });
    },
    onSaved(draft, { liveDiffers }) {
      store.getState().markSaved(draft);
      session.setState({ liveDiffers });
    },
    later(task, ms) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    keepLocally: (copy) => writeLocalCopy(detail.id, copy),
  });
  return { store, run, session, saver, actions: createActions({ backend, store, run, session, saver }) };
}
