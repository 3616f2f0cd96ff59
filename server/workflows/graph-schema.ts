import { z } from 'zod';
import { edgeSchema, nodeSchema, workflowSchema } from '#engine/workflow.ts';
import { pageParts } from '../rest/list-page.ts';
import { issueSchema } from './schema.ts';

const id = z.uuid();
/** As `If-Match`, in the body or in the query: the revision that the change is based on; another one meanwhile is a CONFLICT. */
const revision = z.coerce.number().int().optional();
const nodeId = nodeSchema.shape.id;
const edgeId = z.string().min(1).max(64);

/** Without an id the node gets one; without a name, that of its type. */
const newNodeSchema = nodeSchema.extend({ id: nodeId.optional(), name: nodeSchema.shape.name.optional() });
export type NewNode = z.output<typeof newNodeSchema>;
const { type, version, position, parameters, credentials, disabled, notes, settings } = nodeSchema.shape;
// `unwrap` takes the defaults off: a part that is not sent must stay as it is
const nodeParts = {
  name: nodeSchema.shape.name.optional(),
  type: type.optional(),
  version: version.unwrap().optional(),
  position: position.unwrap().optional(),
  parameters: parameters.unwrap().optional(),
  credentials: credentials.unwrap().optional(),
  disabled: disabled.unwrap().optional(),
  notes: notes.unwrap().optional(),
  settings: settings.unwrap().optional(),
};
export type NodeParts = Partial<z.output<typeof nodeSchema>>;

export const listPartsSchema = z.object({ id, ...pageParts });
export const addNodeSchema = newNodeSchema.omit({ id: true }).extend({
  id,
  revision,
  /** Id of the new node; default: one of ours. */
  nodeId: nodeId.optional(),
});
export const addNodesSchema = z.object({ id, revision, nodes: z.array(newNodeSchema).min(1).max(500) });
export const nodeIdSchema = z.object({ id, nodeId });
export const changeNodeSchema = z.object({ id, nodeId, revision, ...nodeParts });
export const deleteNodeSchema = z.object({ id, nodeId, revision });

export const addEdgeSchema = edgeSchema.extend({ id, revision });
export const addEdgesSchema = z.object({ id, revision, edges: z.array(edgeSchema).min(1).max(2000) });
export const deleteEdgeSchema = z.object({ id, edgeId, revision });

const whole = workflowSchema.shape;
export const replaceGraphSchema = z.object({
  id,
  revision,
  nodes: whole.nodes.unwrap(),
  edges: whole.edges.unwrap(),
  settings: whole.settings.unwrap().optional(),
  pinData: whole.pinData.unwrap().optional(),
});

/** The id of an edge is made from its ends, so it is the same for as long as they are. */
export const namedEdgeSchema = edgeSchema.extend({ id: z.string() });
export type NamedEdge = z.output<typeof namedEdgeSchema>;

const saved = { revision: z.number().int(), issues: z.array(issueSchema) };
export const savedSchema = z.object(saved);
export const nodePageSchema = z.object({
  data: z.array(nodeSchema),
  nextCursor: z.string().nullable(),
  revision: z.number().int(),
});
export const edgePageSchema = z.object({
  data: z.array(namedEdgeSchema),
  nextCursor: z.string().nullable(),
  revision: z.number().int(),
});
export const oneNodeSchema = z.object({ node: nodeSchema, ...saved });
export const manyNodesSchema = z.object({ nodes: z.array(nodeSchema), ...saved });
export const oneEdgeSchema = z.object({ edge: namedEdgeSchema, ...saved });
export const manyEdgesSchema = z.object({ edges: z.array(namedEdgeSchema), ...saved });
export const savedGraphSchema = z.object({
  nodes: z.array(nodeSchema),
  edges: z.array(namedEdgeSchema),
  ...saved,
});
