import type { Workflow } from '#engine/workflow.ts';

/** What the importer knows of an n8n node; the format is described in public n8n workflow files. */
export interface N8nNode {
  id?: string;
  name: string;
  type: string;
  typeVersion?: number;
  position?: [number, number];
  parameters: Record<string, unknown>;
  [key: string]: unknown;
}

export interface ImportedNode {
  type: string;
  version?: number;
  parameters: Record<string, unknown>;
  /** By the node's places for credentials: n8n's type of what belongs there. */
  credentials?: Record<string, string>;
  /** Our port names in the order of the n8n node's output indexes; default: the definition's own order. */
  outputs?: string[];
  /** The same for inputs. */
  inputs?: string[];
  /** Why the result may differ from the original; absent: an exact mapping. */
  approximated?: string;
}

/** What an importer may need of the importer around it. */
export interface ImportTools {
  /** Parameters as they stand in the file, `=` and all: for text that must not become a template (code, notes). */
  original: Record<string, unknown>;
  /** An inner workflow in any known format, as ours. Throws when it is none. */
  importWorkflow(value: unknown): Workflow;
}

/** Translates one n8n type; parameters have their `=expressions` already turned into `{{ }}` templates. */
export interface N8nImporter {
  /** Full n8n type names: `n8n-nodes-base.set`. */
  types: readonly string[];
  /**
   * `typeVersion` counts, since defaults differ by version. Returns null when this version or mode cannot be mapped, or
   * a text that says why.
   */
  map(node: N8nNode, typeVersion: number, tools: ImportTools): ImportedNode | string | null;
}
