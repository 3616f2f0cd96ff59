import { type Workflow, workflowSchema } from '#engine/workflow.ts';

/** A draft that could not be saved, kept on this device until it could. */
export interface LocalCopy {
  draft: Workflow;
  revision: number;
  /** ms since epoch */
  at: number;
}

const keyOf = (workflowId: string) => `linkflow:draft:${workflowId}`;

export function readLocalCopy(workflowId: string): LocalCopy | null {
  try {
    const raw = JSON.parse(localStorage.getItem(keyOf(workflowId)) ?? 'null') as Partial<LocalCopy> | null;
    const draft = workflowSchema.safeParse(raw?.draft);
    if (!raw || !draft.success) return null;
    return { draft: draft.data, revision: raw.revision ?? 0, at: raw.at ?? 0 };
  } catch {
    return null; // storage is blocked or holds something else: there is no copy to offer
  }
}

export function writeLocalCopy(workflowId: string, copy: Omit<LocalCopy, 'at'> | null): void {
  try {
    if (copy) localStorage.setItem(keyOf(workflowId), JSON.stringify({ ...copy, at: Date.now() }));
    else localStorage.removeItem(keyOf(workflowId));
  } catch {
    // storage is full or blocked: the draft still lives in this tab, and the status says that it is not saved
  }
}
