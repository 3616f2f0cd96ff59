import { NodeError } from '#engine/errors.ts';
import { compileGraph, type Graph } from '#engine/graph.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { executorCatalog } from '#nodes/executors.ts';
import { getPool } from '#server/db.ts';

const MAX_KEPT = 500;

/**
 * Compiled versions, kept by id: a version is immutable, so it is read and compiled once. Least recently used leave first.
 * `get` throws NodeError(config) for a version that this worker cannot run.
 */
export function createVersionCache() {
  const kept = new Map<string, Promise<{ graph: Graph; name: string }>>();
  const load = async (versionId: string) => {
    const { rows } = await getPool().query<{ content: unknown }>(
      'select content from workflow_version where id = $1',
      [versionId],
    );
    try {
      const workflow = workflowSchema.parse(rows[0]?.content);
      return { graph: compileGraph(workflow, executorCatalog), name: workflow.name };
    } catch (error) {
      throw new NodeError('config', (error as Error).message);
    }
  };
  return {
    get(versionId: string): Promise<{ graph: Graph; name: string }> {
      const found = kept.get(versionId) ?? load(versionId);
      kept.delete(versionId);
      kept.set(versionId, found);
      found.catch(() => kept.delete(versionId)); // a database that was away must not be remembered
      if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value as string);
      return found;
    },
  };
}
export type VersionCache = ReturnType<typeof createVersionCache>;
