import { z } from 'zod';
import { pageParts } from '../rest/list-page.ts';

export const listNodeTypesSchema = z.object({
  /** A part of its name, its type or what it is looked for by. */
  search: z.string().max(100).optional(),
  category: z.enum(['Triggers', 'Logic', 'Data', 'Actions', 'Code', 'Flow']).optional(),
  kind: z.enum(['trigger', 'action', 'logic', 'data', 'agent', 'tool']).optional(),
  ...pageParts,
});
export type NodeTypeFilter = z.output<typeof listNodeTypesSchema>;
export const nodeTypeIdSchema = z.object({
  type: z.string().min(1).max(200),
  /** Default: the newest. */
  version: z.coerce.number().positive().optional(),
});

const about = {
  type: z.string(),
  version: z.number(),
  kind: z.string(),
  name: z.string(),
  category: z.string(),
  description: z.string(),
  /** Name of a lucide icon. */
  icon: z.string(),
  search: z.array(z.string()),
};
const operation = { name: z.string(), label: z.string(), summary: z.string() };
export const nodeTypeSummarySchema = z.object({ ...about, operations: z.array(z.object(operation)) });
export type NodeTypeSummary = z.output<typeof nodeTypeSummarySchema>;
export const nodeTypePageSchema = z.object({
  data: z.array(nodeTypeSummarySchema),
  nextCursor: z.string().nullable(),
});
export const nodeTypeSchema = z.object({
  ...about,
  operations: z.array(
    z.object({
      ...operation,
      /** JSON Schema (draft 2020-12) of the parameters as rendered; in a workflow any of them may be a template. */
      parameters: z.record(z.string(), z.unknown()),
      /** Places for credentials, with the kinds that fit. */
      credentials: z.array(z.record(z.string(), z.unknown())),
      /** null where they depend on the parameters. */
      inputs: z.array(z.string()).nullable(),
      outputs: z.array(z.string()).nullable(),
      /** What one run gives. */
      sample: z.array(z.unknown()),
    }),
  ),
});
export type NodeType = z.output<typeof nodeTypeSchema>;
