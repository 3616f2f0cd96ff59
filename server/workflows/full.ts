import { workflowSchema } from '#engine/workflow.ts';
import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';
import { listTriggers } from '../triggers/queries.ts';
import { getWorkflow } from './queries.ts';
import type { FullWorkflow } from './schema.ts';
import { getStatistics } from './statistics.ts';
import { listVersions } from './version-history.ts';

const VERSIONS = 20;

/** Everything about a workflow in one answer: its draft, what is live, its newest versions and how it did. Throws NOT_FOUND. */
export async function getFullWorkflow(scope: WorkspaceScope, id: string): Promise<FullWorkflow> {
  const workflow = await getWorkflow(scope, id);
  const [triggers, versions, statistics, published] = await Promise.all([
    listTriggers(scope, id),
    listVersions(scope, { id, limit: VERSIONS }),
    getStatistics(scope, id),
    workflow.publishedVersion
      ? db().workflowVersion.findUnique({
          where: { id: workflow.publishedVersion.id },
          select: { content: true },
        })
      : null,
  ]);
  return {
    ...workflow,
    triggers,
    published: published ? workflowSchema.parse(published.content) : null,
    versions: versions.data,
    statistics,
  };
}
