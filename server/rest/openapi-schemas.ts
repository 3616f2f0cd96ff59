import { z } from 'zod';
import { edgeSchema, nodeSchema, workflowSchema, workflowSettingsSchema } from '#engine/workflow.ts';
import { credentialDetailSchema } from '../credentials/schema.ts';
import { executionDetailSchema, executionSummarySchema, nodeRunSchema } from '../executions/schema.ts';
import { nodeTypeSummarySchema } from '../node-types/schema.ts';
import { scheduleSchema } from '../schedules/schema.ts';
import { triggerStateSchema } from '../triggers/schema.ts';
import {
  issueSchema,
  statisticsSchema,
  versionSchema,
  workflowDetailSchema,
  workflowSummarySchema,
} from '../workflows/schema.ts';

export type Json = Record<string, unknown>;

/** What stands under a name of its own in the document, since many endpoints speak of it. */
const NAMED = {
  Node: nodeSchema,
  Edge: edgeSchema,
  WorkflowFile: workflowSchema,
  WorkflowSettings: workflowSettingsSchema,
  Workflow: workflowDetailSchema,
  WorkflowSummary: workflowSummarySchema,
  WorkflowStatistics: statisticsSchema,
  Version: versionSchema,
  Issue: issueSchema,
  Trigger: triggerStateSchema,
  Execution: executionDetailSchema,
  ExecutionSummary: executionSummarySchema,
  NodeRun: nodeRunSchema,
  Schedule: scheduleSchema,
  NodeType: nodeTypeSummarySchema,
  Credential: credentialDetailSchema,
} satisfies Record<string, z.ZodType>;

/**
 * JSON Schemas of zod schemas. What has a name is a `$ref` into `components`, where it is gathered; what callers send has
 * another one than what they get, since there its defaults may be left out.
 */
export class SchemaBook {
  readonly components: Record<string, Json> = {};
  private readonly names = z.registry<{ id: string }>();

  constructor() {
    for (const [id, schema] of Object.entries(NAMED)) this.names.add(schema, { id });
  }

  schemaOf(schema: unknown, io: 'input' | 'output'): Json {
    const json = z.toJSONSchema(schema as z.ZodType, {
      io,
      metadata: this.names,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === 'date')
          Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      },
    }) as Json;
    const name = (id: string) => (io === 'input' ? `${id}Input` : id);
    const { $schema: _dialect, $defs = {}, id, ...root } = json;
    for (const [key, one] of Object.entries($defs as Record<string, Json>)) {
      const { id: _id, ...rest } = one;
      this.components[name(key)] ??= renamed(rest, name);
    }
    const own = renamed(root, name);
    if (typeof id !== 'string') return own;
    this.components[name(id)] ??= own;
    return { $ref: `#/components/schemas/${name(id)}` };
  }
}

function renamed(schema: Json, name: (id: string) => string): Json {
  const text = JSON.stringify(schema, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith('#/$defs/')
      ? `#/components/schemas/${name(value.slice('#/$defs/'.length))}`
      : value,
  );
  return JSON.parse(text) as Json;
}
