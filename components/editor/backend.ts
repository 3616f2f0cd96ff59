import type { EngineEvent } from '#engine/events.ts';
import type { Workflow } from '#engine/workflow.ts';
import type { ExecutionNotice } from '#server/executions/schema.ts';
import type { Listening, TriggerState } from '#server/triggers/schema.ts';
import type { Exported, ExportFormat, WorkflowDetail } from '#server/workflows/schema.ts';

/** Whole or from the failed node; on the version that ran or on the draft as it is now. */
export interface RetryHow {
  from: 'start' | 'failed';
  version: 'same' | 'draft';
}

/** Everything the editor asks of the server: one door, so that its parts stay free of transport. */
export interface EditorBackend {
  get(): Promise<WorkflowDetail>;
  saveDraft(
    draft: Workflow,
    revision: number | undefined,
  ): Promise<{ revision: number; liveDiffers: boolean }>;
  activate(message?: string): Promise<WorkflowDetail>;
  deactivate(): Promise<WorkflowDetail>;
  start(options: {
    triggerNodeId?: string;
    input?: Record<string, unknown>;
  }): Promise<{ executionId: string }>;
  cancel(executionId: string): Promise<void>;
  pause(executionId: string): Promise<void>;
  resume(executionId: string): Promise<void>;
  retry(executionId: string, how?: RetryHow): Promise<{ executionId: string }>;
  exportText(format: ExportFormat): Promise<Exported>;
  duplicate(): Promise<{ id: string }>;
  remove(): Promise<void>;
  listWorkflows(): Promise<readonly { id: string; name: string }[]>;
  listTables(): Promise<readonly { id: string; name: string }[]>;
  /** What starts the published version, with the calls of 30 days. */
  listTriggers(): Promise<readonly TriggerState[]>;
  /** Opens a webhook's address for the draft until the function that it gives is called; a text says why it ended. */
  listen(
    nodeId: string,
    on: { onOpen(listening: Listening): void; onEnd(problem: string | null): void },
  ): () => void;
  /** Events from the first one on, then live; gives a way to stop. */
  events(executionId: string, onEvent: (event: EngineEvent) => void): () => void;
  /** Executions of this workflow as they begin, go on and end. */
  watch(onNotice: (notice: ExecutionNotice) => void): () => void;
}
