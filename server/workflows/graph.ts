import type { Workflow } from '#engine/workflow.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { saveDraft } from './commands.ts';
import { getWorkflow } from './queries.ts';
import type { WorkflowDetail } from './schema.ts';

/** So many others may save in between; each of them got on, so this is no endless loop. */
const MAX_TRIES = 40;

interface Change {
  id: string;
  revision?: number | undefined;
  /** It takes nothing over from the draft, so what somebody saves meanwhile would be lost: CONFLICT. */
  replaces?: boolean;
}

export interface Changed<T> {
  result: T;
  revision: number;
  issues: WorkflowDetail['issues'];
}

/**
 * Changes the draft as it is now: of several who do so at once, nobody's change is lost. `edit` sees the newest draft and
 * is called again when somebody else saved meanwhile; with a `revision` of the caller that is a CONFLICT instead.
 */
export async function changeDraft<T>(
  scope: WorkspaceScope,
  { id, revision, replaces = false }: Change,
  edit: (draft: Workflow) => { draft: Workflow; result: T },
): Promise<Changed<T>> {
  for (let tries = 1; ; tries++) {
    const current = await getWorkflow(scope, id);
    if (revision !== undefined && revision !== current.revision)
      throw new AppError('CONFLICT', 'Someone else saved this workflow meanwhile.', {
        revision: current.revision,
      });
    const { draft, result } = edit(current.draft);
    try {
      const saved = await saveDraft(scope, { id, draft, revision: current.revision });
      // this change made the next revision, whatever came after it
      return { result, revision: current.revision + 1, issues: saved.issues };
    } catch (error) {
      const isBehind = error instanceof AppError && error.code === 'CONFLICT';
      if (!isBehind || replaces || revision !== undefined || tries === MAX_TRIES) throw error;
    }
  }
}
