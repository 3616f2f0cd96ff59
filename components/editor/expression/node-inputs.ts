import type { InputSources } from '#engine/events.ts';
import { type Item, type Outputs, shownItems } from '#engine/item.ts';
import { type ExecutionState, inputsOf, type NodeRun } from '#engine/state.ts';
import type { Workflow } from '#engine/workflow.ts';
import { operationOf } from '#nodes/define.ts';
import { definitionOf, portsOfNode } from '../definition-of.ts';
import { nodeById } from '../store/editor-store.ts';

/** run: what really came in · upstream: what the nodes before gave, this node did not run yet · pinned · sample: an example */
export type InputOrigin = 'run' | 'upstream' | 'pinned' | 'sample' | 'none';

export interface NodeInputs {
  origin: InputOrigin;
  /** The state with a run of this node in it, for expressions: made up where it did not run. */
  state: ExecutionState;
  run: number;
  ports: Outputs;
}

/** What a node gets, or would get: its last run, else the newest outputs, pinned items or samples of the nodes before it. */
export function nodeInputs(draft: Workflow, state: ExecutionState, id: string, chosen?: number): NodeInputs {
  const runs = state.nodes[id];
  if (runs && runs.length > 0) {
    const run = Math.min(chosen ?? runs.length - 1, runs.length - 1);
    const ports = inputsOf(state, id, run);
    if (Object.keys(ports).length > 0) return { origin: 'run', state, run, ports };
  }
  return fromUpstream(draft, state, id);
}

const RANK: readonly InputOrigin[] = ['none', 'sample', 'pinned', 'upstream', 'run'];

function fromUpstream(draft: Workflow, state: ExecutionState, id: string): NodeInputs {
  const nodes = { ...state.nodes };
  const sources: InputSources = {};
  let origin: InputOrigin = 'none';
  for (const edge of draft.edges.filter((e) => e.to.node === id)) {
    const found = outputOf(draft, state, edge.from.node, edge.from.port);
    if (!found || RANK.indexOf(found.origin) < RANK.indexOf(origin)) continue;
    if (RANK.indexOf(found.origin) > RANK.indexOf(origin)) delete sources[edge.to.port];
    origin = found.origin;
    if (found.made) nodes[edge.from.node] = [found.made];
    const run = (nodes[edge.from.node]?.length ?? 1) - 1;
    sources[edge.to.port] = [
      ...(sources[edge.to.port] ?? []),
      { node: edge.from.node, run, port: edge.from.port },
    ];
  }
  const own: NodeRun = {
    status: 'running',
    sources,
    outputs: {},
    attempt: 1,
    startedAt: 0,
    durationMs: null,
  };
  const made = { ...state, nodes: { ...nodes, [id]: [own] } };
  return { origin, state: made, run: 0, ports: inputsOf(made, id, 0) };
}

interface Found {
  origin: InputOrigin;
  /** A run to put in place of one that never was. */
  made?: NodeRun;
}

function outputOf(draft: Workflow, state: ExecutionState, id: string, port: string): Found | null {
  if (state.nodes[id]?.at(-1)?.outputs[port]) return { origin: 'upstream' };
  const node = nodeById(draft, id);
  if (!node) return null;
  const pinned = draft.pinData[id];
  const items = (pinned ?? sampleOf(node)) as Item[];
  const first = portsOfNode(node).outputs[0]?.name ?? port;
  const outputs = pinned ? { [first]: items } : { [port]: items };
  if (items.length === 0) return null;
  return {
    origin: pinned ? 'pinned' : 'sample',
    made: { status: 'completed', sources: {}, outputs, attempt: 1, startedAt: 0, durationMs: 0 },
  };
}

export function sampleOf(node: Parameters<typeof portsOfNode>[0]): Item[] {
  const definition = definitionOf(node);
  return definition ? (operationOf(definition, node.parameters)?.sample ?? []) : [];
}

/** Items of the first port that has any: what `$json` reads. Of many items only the first are here. */
export const firstItems = (ports: Outputs): Item[] =>
  shownItems(Object.values(ports).find((items) => items.length > 0) ?? []);
