import type { Graph } from './graph.ts';
import type { Item, JsonObject } from './item.ts';
import type { ExecuteContext } from './node.ts';

/** What stays the same for all node runs of one execution. */
export interface RunSetup {
  graph: Graph;
  execution: ExecuteContext['execution'];
  workflow: { id: string; name: string; active: boolean };
  triggerItems: Item[];
  /** Items that stand in for a node's output, by node id (manual runs). */
  pinned: Record<string, Item[]>;
  vars: JsonObject;
  env: Record<string, string>;
  /** Addresses at which this execution can be called while it waits. */
  links?: { resume: string; approval(nodeId: string, run: number): string };
}

/** `execution` with the address that wakes it while it waits; signed only for those who look at it. */
export function withResumeUrl(setup: RunSetup): RunSetup {
  const { execution, links } = setup;
  if (!links) return setup;
  return {
    ...setup,
    execution: {
      ...execution,
      get resumeUrl() {
        return links.resume;
      },
    },
  };
}
