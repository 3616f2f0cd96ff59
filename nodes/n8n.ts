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
  /** Our port names in the order of the n8n node's output indexes; default: the definition's own order. */
  outputs?: string[];
  /** The same for inputs. */
  inputs?: string[];
  /** Why the result may differ from the original; absent: an exact mapping. */
  approximated?: string;
}

/** Translates one n8n type; parameters have their `=expressions` already turned into `{{ }}` templates. */
export interface N8nImporter {
  /** Full n8n type names: `n8n-nodes-base.set`. */
  types: readonly string[];
  /** `typeVersion` counts, since defaults differ by version. Returns null when this version or mode cannot be mapped. */
  map(node: N8nNode, typeVersion: number): ImportedNode | null;
}
