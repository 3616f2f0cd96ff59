import type { InputSources } from '../events.ts';
import type { JsonObject, PortItems } from '../item.ts';
import type { ExecutionMode } from '../node.ts';

/** One finished (or pinned) run of a node, as expressions may see it. */
export interface RunView {
  outputs: PortItems;
  sources: InputSources;
}

/** A node as expressions may see it. */
export interface NodeView {
  id: string;
  name: string;
  type: string;
  version: number;
  parameters: JsonObject;
  /** In port order: n8n's output index 0, 1, … */
  outputPorts: readonly string[];
  runs: readonly RunView[];
  /** `$('Loop').context`: noItemsLeft, currentRunIndex, …; empty for other nodes. */
  context: JsonObject;
}

/**
 * Everything an expression can reach, for one run of one node; the item index is passed beside it on every evaluation,
 * so that one scope serves all items. Nothing here may be a host object with methods beyond these.
 */
export interface ExpressionScope {
  node: NodeView;
  runIndex: number;
  /** Input ports in order, with the items that arrived. `$json` reads the first port that has items. */
  inputs: PortItems;
  sources: InputSources;
  /** The node with this name (expressions name nodes by name, the engine by id). */
  nodeByName(name: string): NodeView | undefined;
  nodeById(id: string): NodeView | undefined;
  /** The output port of `from` through which data reaches the active node, if any: the default of `$('X').all()`. */
  connectedPort(from: NodeView): string | undefined;
  workflow: { id: string; name: string; active: boolean };
  execution: { id: string; mode: ExecutionMode; resumeUrl?: string };
  /** n8n's binary mode "combined": items appear as their json alone; `$('Node', true)` still gives whole items. */
  bareItems?: boolean;
  /** ms since epoch; constant while one node runs. */
  now: number;
  /** IANA name. */
  timezone: string;
  vars: JsonObject;
  /** Only the names that the operator exposed. */
  env: Record<string, string>;
  /** Further names by key, without `$` handling: sandbox tests, HTTP pagination's `$response`. */
  extra?: JsonObject;
  random(): number;
}
