import { dominators } from './dominators.ts';
import type { NodeCatalog, NodeSpec, Port } from './node.ts';
import type { Workflow, WorkflowNode } from './workflow.ts';

export interface GraphEdge {
  from: string;
  fromPort: string;
  to: string;
  toPort: string;
}

export interface GraphNode {
  node: WorkflowNode;
  spec: NodeSpec;
  inputs: Port[];
  /** Includes `error` when the node's setting asks for it. */
  outputs: Port[];
  /** Outgoing edges by output port, in the order of the file. */
  out: Map<string, GraphEdge[]>;
  incoming: GraphEdge[];
  /** Input ports that have at least one edge, in port order. More than one makes the node a join. */
  connectedInputs: string[];
  required: readonly string[];
}

/** A workflow made ready to run: immutable, so one compiled version serves all its executions. */
export interface Graph {
  workflow: Workflow;
  nodes: ReadonlyMap<string, GraphNode>;
  byName: ReadonlyMap<string, GraphNode>;
  /**
   * Nodes from which something may still reach this input port without passing through its own node, in the same pass of
   * the loops that it is inside of.
   */
  ancestorsOfPort(nodeId: string, port: string): ReadonlySet<string>;
  /** Nodes between a loop's `loop` port and its way back, without those that come before the loop in any case. */
  loopBody(nodeId: string): ReadonlySet<string>;
  descendants(nodeId: string): ReadonlySet<string>;
  /** First output port of `from`, in port order, that leads to `to`. */
  portTowards(from: string, to: string): string | undefined;
}

export const ERROR_PORT = 'error';

/** Output ports of a node, with the error port that `onError: error-port` adds as the last one. */
export function outputsOf(node: WorkflowNode, spec: NodeSpec): Port[] {
  const { outputs } = spec.ports(node.parameters);
  return node.settings.onError === 'error-port'
    ? [...outputs, { name: ERROR_PORT, label: 'error' }]
    : outputs;
}

/**
 * Compiles a workflow that `validate` found free of errors. Edges that lead nowhere are left out, so that a draft with
 * loose ends can still be run up to them. Throws for a node type that the catalog does not know.
 */
export function compileGraph(workflow: Workflow, catalog: NodeCatalog): Graph {
  const nodes = new Map<string, GraphNode>();
  const byName = new Map<string, GraphNode>();
  for (const node of workflow.nodes) {
    const spec = catalog.find(node.type, node.version);
    if (!spec) throw new Error(`Node “${node.name}”: unknown type ${node.type}@${node.version}`);
    const entry: GraphNode = {
      node,
      spec,
      inputs: spec.ports(node.parameters).inputs,
      outputs: outputsOf(node, spec),
      out: new Map(),
      incoming: [],
      connectedInputs: [],
      required: spec.requiredInputs?.(node.parameters) ?? [],
    };
    nodes.set(node.id, entry);
    byName.set(node.name, entry);
  }
  for (const { from, to } of workflow.edges) {
    const source = nodes.get(from.node);
    const target = nodes.get(to.node);
    if (!source || !target) continue;
    if (!source.outputs.some((p) => p.name === from.port) || !target.inputs.some((p) => p.name === to.port))
      continue;
    const edge = { from: from.node, fromPort: from.port, to: to.node, toPort: to.port };
    const list = source.out.get(from.port);
    if (list) list.push(edge);
    else source.out.set(from.port, [edge]);
    target.incoming.push(edge);
  }
  for (const entry of nodes.values()) {
    entry.connectedInputs = entry.inputs
      .map((p) => p.name)
      .filter((name) => entry.incoming.some((e) => e.toPort === name));
  }
  return { workflow, nodes, byName, ...reachability(nodes) };
}

function reachability(nodes: ReadonlyMap<string, GraphNode>) {
  const forward = (start: Iterable<string>, stop?: string, before?: ReadonlySet<string>): Set<string> => {
    const seen = new Set<string>();
    const todo = [...start];
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (seen.has(id) || id === stop || before?.has(id)) continue;
      seen.add(id);
      for (const edges of nodes.get(id)?.out.values() ?? []) for (const edge of edges) todo.push(edge.to);
    }
    return seen;
  };
  const backward = (start: Iterable<string>, stop: string): Set<string> => {
    const seen = new Set<string>();
    const todo = [...start];
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (id === stop) continue; // reached again through itself: a token there counts, what lies before it does not
      // what comes by way of a loop that it is inside of comes with the next pass
      if (nodes.get(id)?.spec.cycle === 'loop' && loopBody(id).has(stop)) continue;
      for (const { from } of nodes.get(id)?.incoming ?? []) todo.push(from);
    }
    return seen;
  };
  const targets = (id: string, port?: string) =>
    [...(nodes.get(id)?.out ?? [])]
      .filter(([p]) => port === undefined || p === port)
      .flatMap(([, edges]) => edges.map((e) => e.to));
  // a way out of the body may lead back to what comes before the loop, such as a loop around it
  const outside = once(() => dominators(nodes));
  const loopBody = memo((id) => forward(targets(id, 'loop'), id, outside()(id)));
  const portTowards = memo2(
    (from, to) => nodes.get(from)?.outputs.find((p) => forward(targets(from, p.name)).has(to))?.name,
  );
  return {
    ancestorsOfPort: memo2((id, port) =>
      backward(
        (nodes.get(id)?.incoming ?? []).filter((e) => e.toPort === port).map((e) => e.from),
        id,
      ),
    ),
    loopBody,
    descendants: memo((id) => forward(targets(id))),
    portTowards,
  };
}

function once<V>(compute: () => V): () => V {
  let known: { value: V } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

function memo<V>(compute: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as V;
  };
}
function memo2<V>(compute: (a: string, b: string) => V): (a: string, b: string) => V {
  const outer = memo((a: string) => memo((b: string) => compute(a, b)));
  return (a, b) => outer(a)(b);
}
