import type { Workflow, WorkflowNode } from '#engine/workflow.ts';

/** One of our nodes as n8n's: what an exporter knows; name, place and settings are added around it. */
export interface ExportedNode {
  /** Full n8n type name: `n8n-nodes-base.set`. */
  type: string;
  typeVersion: number;
  /** In our spelling of templates: they become `=expressions` afterwards. */
  parameters: Record<string, unknown>;
  /** Parameters that are put over the others as they are: code, notes, cron expressions. */
  literal?: Record<string, unknown>;
  /** Our port names in the order of n8n's output indexes; default: the definition's own order. */
  outputs?: string[];
  /** The node is reached by an address, so n8n wants an id for it. */
  webhook?: true;
  /** Why it may act differently there. Fields that have no counterpart are found out without it. */
  approximated?: string;
  /** Fields of ours that are written differently there and mean the same; `all`: it became another node that does. */
  same?: readonly string[] | 'all';
}

/** What an exporter may need of the exporter around it. */
export interface ExportTools {
  /** The parameters that the workflow states, without defaults: for fields whose default is the same there. */
  stated: Record<string, unknown>;
  /** Does an edge leave by this port? */
  isConnected(port: string): boolean;
  /** An inner workflow as n8n's, and what is lost in it. */
  exportWorkflow(workflow: Workflow): { file: object; losses: string[] };
}

/**
 * Translates one of our node types; parameters that the workflow does not state have their defaults. The newest version
 * of n8n's node is used that does the same. A text says why there is no counterpart.
 */
export type N8nExporter = (node: WorkflowNode, tools: ExportTools) => ExportedNode | string;
