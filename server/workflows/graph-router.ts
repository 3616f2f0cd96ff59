import { pageOf } from '../rest/list-page.ts';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { changeDraft } from './graph.ts';
import {
  addEdges,
  addNodes,
  changeNode,
  deleteEdge,
  deleteNode,
  edgeIdOf,
  nodeOf,
  withId,
} from './graph-edits.ts';
import {
  addEdgeSchema,
  addEdgesSchema,
  addNodeSchema,
  addNodesSchema,
  changeNodeSchema,
  deleteEdgeSchema,
  deleteNodeSchema,
  edgePageSchema,
  listPartsSchema,
  manyEdgesSchema,
  manyNodesSchema,
  nodeIdSchema,
  nodePageSchema,
  oneEdgeSchema,
  oneNodeSchema,
  replaceGraphSchema,
  savedGraphSchema,
  savedSchema,
} from './graph-schema.ts';
import { getWorkflow } from './queries.ts';

const reads = workspaceProcedure('workflows:read');
const writes = workspaceProcedure('workflows:write');
const tag = 'Graph';

const NODES = '/workflows/{id}/nodes';
const EDGES = '/workflows/{id}/edges';

export const nodesRouter = router({
  list: reads
    .meta({ rest: { method: 'GET', path: NODES, summary: 'Nodes of the draft', tag } })
    .input(listPartsSchema)
    .output(nodePageSchema)
    .query(async ({ ctx, input }) => {
      const { draft, revision } = await getWorkflow(ctx.scope, input.id);
      return { ...pageOf(draft.nodes, ({ id }) => id, input), revision };
    }),
  get: reads
    .meta({ rest: { method: 'GET', path: `${NODES}/{nodeId}`, summary: 'A node and its problems', tag } })
    .input(nodeIdSchema)
    .output(oneNodeSchema)
    .query(async ({ ctx, input }) => {
      const { draft, revision, issues } = await getWorkflow(ctx.scope, input.id);
      const node = nodeOf(draft, input.nodeId);
      return { node, revision, issues: issues.filter(({ nodeId }) => nodeId === node.id) };
    }),
  create: writes
    .meta({ rest: { method: 'POST', path: NODES, summary: 'Add a node', tag, status: 201 } })
    .input(addNodeSchema)
    .output(oneNodeSchema)
    .mutation(async ({ ctx, input }) => {
      const { id, revision, nodeId, ...parts } = input;
      const { result, ...saved } = await changeDraft(ctx.scope, { id, revision }, (before) => {
        const { draft, nodes } = addNodes(before, [{ ...parts, id: nodeId }], () => '');
        return { draft, result: nodes[0]! };
      });
      return { node: result, ...saved };
    }),
  createMany: writes
    .meta({
      rest: {
        method: 'POST',
        path: `${NODES}/batch`,
        summary: 'Add many nodes, all or none',
        tag,
        status: 201,
      },
    })
    .input(addNodesSchema)
    .output(manyNodesSchema)
    .mutation(async ({ ctx, input }) => {
      const { result, ...saved } = await changeDraft(ctx.scope, input, (before) => {
        const { draft, nodes } = addNodes(before, input.nodes, (index) => `nodes.${index}.`);
        return { draft, result: nodes };
      });
      return { nodes: result, ...saved };
    }),
  update: writes
    .meta({
      rest: {
        method: 'PUT',
        path: `${NODES}/{nodeId}`,
        summary: 'Change parts of a node; what is not sent stays as it is',
        tag,
      },
    })
    .input(changeNodeSchema)
    .output(oneNodeSchema)
    .mutation(async ({ ctx, input }) => {
      const { id, nodeId, revision, ...parts } = input;
      const { result, ...saved } = await changeDraft(ctx.scope, { id, revision }, (before) => {
        const draft = changeNode(before, nodeId, parts);
        return { draft, result: nodeOf(draft, nodeId) };
      });
      return { node: result, ...saved };
    }),
  delete: writes
    .meta({
      rest: { method: 'DELETE', path: `${NODES}/{nodeId}`, summary: 'Delete a node and its edges', tag },
    })
    .input(deleteNodeSchema)
    .output(savedSchema)
    .mutation(async ({ ctx, input }) => {
      const { result: _nothing, ...saved } = await changeDraft(ctx.scope, input, (before) => ({
        draft: deleteNode(before, input.nodeId),
        result: null,
      }));
      return saved;
    }),
});

export const edgesRouter = router({
  list: reads
    .meta({ rest: { method: 'GET', path: EDGES, summary: 'Edges of the draft, with their ids', tag } })
    .input(listPartsSchema)
    .output(edgePageSchema)
    .query(async ({ ctx, input }) => {
      const { draft, revision } = await getWorkflow(ctx.scope, input.id);
      // a file may say an edge twice; it is one
      const edges = [...new Map(draft.edges.map((edge) => [edgeIdOf(edge), withId(edge)])).values()];
      return { ...pageOf(edges, ({ id }) => id, input), revision };
    }),
  create: writes
    .meta({ rest: { method: 'POST', path: EDGES, summary: 'Connect two nodes', tag, status: 201 } })
    .input(addEdgeSchema)
    .output(oneEdgeSchema)
    .mutation(async ({ ctx, input: { id, revision, ...edge } }) => {
      const { result, ...saved } = await changeDraft(ctx.scope, { id, revision }, (before) => ({
        draft: addEdges(before, [edge], () => ''),
        result: withId(edge),
      }));
      return { edge: result, ...saved };
    }),
  createMany: writes
    .meta({
      rest: {
        method: 'POST',
        path: `${EDGES}/batch`,
        summary: 'Add many edges, all or none',
        tag,
        status: 201,
      },
    })
    .input(addEdgesSchema)
    .output(manyEdgesSchema)
    .mutation(async ({ ctx, input }) => {
      const { result, ...saved } = await changeDraft(ctx.scope, input, (before) => ({
        draft: addEdges(before, input.edges, (index) => `edges.${index}.`),
        result: input.edges.map(withId),
      }));
      return { edges: result, ...saved };
    }),
  delete: writes
    .meta({ rest: { method: 'DELETE', path: `${EDGES}/{edgeId}`, summary: 'Delete an edge', tag } })
    .input(deleteEdgeSchema)
    .output(savedSchema)
    .mutation(async ({ ctx, input }) => {
      const { result: _nothing, ...saved } = await changeDraft(ctx.scope, input, (before) => ({
        draft: deleteEdge(before, input.edgeId),
        result: null,
      }));
      return saved;
    }),
});

export const graphRouter = router({
  replace: writes
    .meta({
      rest: {
        method: 'PUT',
        path: '/workflows/{id}/graph',
        summary: 'Replace all nodes and edges of the draft',
        tag,
      },
    })
    .input(replaceGraphSchema)
    .output(savedGraphSchema)
    .mutation(async ({ ctx, input }) => {
      const { id, revision, nodes, edges, settings, pinData } = input;
      const { result, ...saved } = await changeDraft(
        ctx.scope,
        { id, revision, replaces: true },
        (before) => {
          const draft = {
            ...before,
            nodes,
            edges,
            ...(settings ? { settings } : {}),
            ...(pinData ? { pinData } : {}),
          };
          return { draft, result: draft };
        },
      );
      return { nodes: result.nodes, edges: result.edges.map(withId), ...saved };
    }),
});
