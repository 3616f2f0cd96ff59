import { router, workspaceProcedure } from '../trpc/init.ts';
import {
  getExecutionStatistics,
  getExecutionWithGraph,
  listLogs,
  listNodesOf,
  listRunsOf,
} from './detail.ts';
import {
  executionPartsSchema,
  executionStatisticsSchema,
  executionWithGraphSchema,
  logPageSchema,
  nodeLogsSchema,
  nodeRunsOfSchema,
  nodeRunsSchema,
  nodeSummaryPageSchema,
} from './detail-schema.ts';
import { executionIdSchema } from './schema.ts';

const reads = workspaceProcedure('executions:read');
const tag = 'Executions';

/** Parts and views of one execution. */
export const executionPartsRouter = router({
  detail: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/detail',
        summary: 'An execution with the graph that ran and what it began with',
        tag,
      },
    })
    .input(executionIdSchema)
    .output(executionWithGraphSchema)
    .query(({ ctx, input }) => getExecutionWithGraph(ctx.scope, input.id)),
  statistics: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/statistics',
        summary: 'Times and counts of one execution',
        tag,
      },
    })
    .input(executionIdSchema)
    .output(executionStatisticsSchema)
    .query(({ ctx, input }) => getExecutionStatistics(ctx.scope, input.id)),
  nodes: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/nodes',
        summary: 'What every node did, without its data',
        tag,
      },
    })
    .input(executionPartsSchema)
    .output(nodeSummaryPageSchema)
    .query(({ ctx, input: { id, ...page } }) => listNodesOf(ctx.scope, id, page)),
  node: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/nodes/{nodeId}',
        summary: 'The runs of one node with their data',
        tag,
      },
    })
    .input(nodeRunsOfSchema)
    .output(nodeRunsSchema)
    .query(({ ctx, input }) => listRunsOf(ctx.scope, input)),
  logs: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/logs',
        summary: 'What happened, line by line, with what nodes wrote to their log',
        tag,
      },
    })
    .input(executionPartsSchema)
    .output(logPageSchema)
    .query(({ ctx, input }) => listLogs(ctx.scope, input)),
  nodeLogs: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}/nodes/{nodeId}/logs',
        summary: 'The same of one node',
        tag,
      },
    })
    .input(nodeLogsSchema)
    .output(logPageSchema)
    .query(({ ctx, input }) => listLogs(ctx.scope, input)),
});
