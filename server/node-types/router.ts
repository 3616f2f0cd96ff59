import { router, workspaceProcedure } from '../trpc/init.ts';
import { getNodeType, listNodeTypes } from './queries.ts';
import { listNodeTypesSchema, nodeTypeIdSchema, nodeTypePageSchema, nodeTypeSchema } from './schema.ts';

const reads = workspaceProcedure('workflows:read');
const tag = 'Node types';

export const nodeTypesRouter = router({
  list: reads
    .meta({ rest: { method: 'GET', path: '/node-types', summary: 'The kinds of nodes that there are', tag } })
    .input(listNodeTypesSchema)
    .output(nodeTypePageSchema)
    .query(({ input }) => listNodeTypes(input)),
  get: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/node-types/{type}',
        summary: 'A kind of node: its operations, their parameters as JSON Schema, ports and a sample',
        tag,
      },
    })
    .input(nodeTypeIdSchema)
    .output(nodeTypeSchema)
    .query(({ input }) => getNodeType(input)),
});
