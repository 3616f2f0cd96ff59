import { toast } from 'sonner';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { showError } from '#components/trpc/show-error.ts';
import { startNodeOf } from '#engine/start.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import type { Autosaver } from '../autosave/autosaver.ts';
import { writeLocalCopy } from '../autosave/local-copy.ts';
import type { EditorBackend } from '../backend.ts';
import { definitionOf, isTriggerNode } from '../definition-of.ts';
import type { RunStore } from '../run/run-store.ts';
import { parseTestInput, readTestInput } from '../run/test-input.ts';
import type { EditorStore } from '../store/editor-store.ts';
import { newIssuesOf } from './server-issues.ts';
import { liveOf, type SessionStore } from './session-store.ts';

export interface RunRequest {
  triggerNodeId?: string;
  input?: Record<string, unknown>;
}

/** What buttons and keys do that reaches the server. */
export interface EditorActions {
  saveNow(): Promise<void>;
  run(request?: RunRequest): Promise<void>;
  stop(): Promise<void>;
  retry(executionId: string): Promise<void>;
  activate(message?: string): Promise<void>;
  deactivate(): Promise<void>;
  /** After a conflict. */
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

interface Parts {
  backend: EditorBackend;
  store: EditorStore;
  run: RunStore;
  session: SessionStore;
  saver: Autosaver;
}

export function createActions({ backend, store, run, session, saver }: Parts): EditorActions {
  /** True when the server has the newest draft; else says why not. */
  const flushed = async (what: string): Promise<boolean> => {
    try {
      await saver.flush();
      return true;
    } catch (error) {
      if (session.getState().saveStatus === 'conflict') session.setState({ dialog: 'conflict' });
      else toast.error(`${what} needs the saved draft. ${errorMessage(error)}`);
      return false;
    }
  };
  const busy = async (kind: 'run' | 'activate', work: () => Promise<void>) => {
    if (session.getState().busy) return;
    session.setState({ busy: kind });
    try {
      await work();
    } catch (error) {
      showProblem(error, { session, store });
    } finally {
      session.setState({ busy: null });
    }
  };
  return {
    async saveNow() {
      if (await flushed('Saving')) toast.success('Saved');
    },
    run: (request = {}) =>
      busy('run', async () => {
        const start = withInput(store, { triggerNodeId: triggerOf(store), ...request });
        if (!start) return session.setState({ dialog: 'run-input' });
        if (!(await flushed('Running'))) return;
        const { executionId } = await backend.start(start);
        run.getState().follow(executionId, { own: true });
      }),
    async stop() {
      const { executionId } = run.getState();
      if (!executionId) return;
      await backend.cancel(executionId).catch(showError);
    },
    retry: (executionId) =>
      busy('run', async () => {
        const again = await backend.retry(executionId);
        run.getState().follow(again.executionId, { own: true });
      }),
    activate: (message) =>
      busy('activate', async () => {
        if (!(await flushed('Publishing'))) return;
        const before = session.getState().active;
        session.setState(liveOf(await backend.activate(message)));
        toast.success(before ? 'Published: the draft is now live' : 'Active: triggers are on');
      }),
    deactivate: () =>
      busy('activate', async () => {
        session.setState(liveOf(await backend.deactivate()));
        toast.success('Inactive: triggers are off');
      }),
    async keepMine() {
      session.setState({ dialog: null });
      await saver.overwrite().catch(showError);
    },
    async takeTheirs() {
      try {
        const detail = await backend.get();
        store.getState().reset(workflowSchema.parse(detail.draft));
        saver.accept(detail.revision);
        writeLocalCopy(detail.id, null);
        session.setState({ ...liveOf(detail), dialog: null });
      } catch (error) {
        showError(error);
      }
    },
  };
}

/** The trigger a plain Run starts from: the selected one, else the server's own choice. */
function triggerOf(store: EditorStore): string | undefined {
  const { draft, selection } = store.getState();
  const chosen = draft.nodes.find((n) => n.id === selection[0]);
  return selection.length === 1 && chosen && isTriggerNode(chosen) && !chosen.disabled
    ? chosen.id
    : undefined;
}

/** A webhook started by hand has no call to show: it takes the remembered test data, or null to ask for some. */
function withInput(store: EditorStore, request: RunRequest): RunRequest | null {
  const { draft, workflowId } = store.getState();
  const trigger = startNodeOf(draft, nodeCatalog, request.triggerNodeId);
  if (request.input || !trigger || definitionOf(trigger)?.startedBy !== 'webhook') return request;
  if (draft.pinData[trigger.id]) return request;
  const input = parseTestInput(readTestInput(workflowId, trigger.id));
  return input && { triggerNodeId: trigger.id, input };
}

function showProblem(error: unknown, { session, store }: Pick<Parts, 'session' | 'store'>): void {
  if (errorCode(error) !== 'BAD_REQUEST') return void showError(error);
  store.getState().report(newIssuesOf(error, store.getState().issues));
  // the draft does not pass validation: the list of issues says more than one sentence
  const isListed = store.getState().issues.some(({ severity }) => severity === 'error');
  if (isListed) session.setState({ dialog: 'publish-problems' });
  else showError(error);
}
