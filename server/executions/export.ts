import type { WorkspaceScope } from '../scope.ts';
import { listExecutions, readReplay, showReplay } from './queries.ts';
import type { ExportFilter } from './schema.ts';

const PAGE = 100;

/**
 * Executions with the data of every node run, newest first, each as one line of JSON. Outputs that are stored apart are
 * not opened: the line has their first items and where they are. No more than one execution is in memory at a time.
 */
export async function* exportExecutions(
  scope: WorkspaceScope,
  filter: ExportFilter,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await listExecutions(scope, { ...filter, limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const execution of page.data) {
      signal.throwIfAborted();
      yield `${JSON.stringify(await showReplay(await readReplay(execution), 0))}\n`;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}
