import type { ExpressionScope, NodeView, RunView } from './expression/scope.ts';
import type { Graph, GraphNode } from './graph.ts';
import { EMPTY_ITEM, type PortItems } from './item.ts';
import { loopContext } from './loop-scope.ts';
import type { RunPorts } from './ports.ts';
import type { RunSetup } from './run-setup.ts';
import type { ExecutionState } from './state.ts';

/** The data that expressions of one node run can reach. `runs` opens stored outputs. */
export function createScope(
  setup: RunSetup,
  state: ExecutionState,
  entry: GraphNode,
  inputs: PortItems,
  run: number,
  ports: Pick<RunPorts, 'clock' | 'random'>,
  runs: { runsOf(node: string): readonly RunView[] },
): ExpressionScope {
  const views = new Map<GraphNode, NodeView>();
  const view = (found: GraphNode | undefined): NodeView | undefined => {
    if (!found) return undefined;
    let known = views.get(found);
    if (!known) {
      known = new RunsOfNode(setup.graph, state, found, runs.runsOf(found.node.id));
      views.set(found, known);
    }
    return known;
  };
  return {
    node: view(entry)!,
    runIndex: run,
    inputs: Object.keys(inputs).length > 0 ? inputs : { main: [EMPTY_ITEM] },
    sources: state.nodes[entry.node.id]?.[run]?.sources ?? {},
    nodeByName: (name) => view(setup.graph.byName.get(name)),
    nodeById: (id) => view(setup.graph.nodes.get(id)),
    connectedPort: (from) => setup.graph.portTowards(from.id, entry.node.id),
    workflow: setup.workflow,
    execution: setup.execution,
    now: ports.clock.now(),
    timezone: setup.graph.workflow.settings.timezone,
    vars: setup.vars,
    env: setup.env,
    random: ports.random,
  };
}

/** A class, since one is made for every node that a node run looks at, and few ask for its context. */
class RunsOfNode implements NodeView {
  readonly runs: readonly RunView[];
  private readonly graph: Graph;
  private readonly state: ExecutionState;
  private readonly entry: GraphNode;
  private portNames: readonly string[] | undefined;

  constructor(graph: Graph, state: ExecutionState, entry: GraphNode, runs: readonly RunView[]) {
    this.graph = graph;
    this.state = state;
    this.entry = entry;
    this.runs = runs;
  }
  get id() {
    return this.entry.node.id;
  }
  get name() {
    return this.entry.node.name;
  }
  get type() {
    return this.entry.node.type;
  }
  get version() {
    return this.entry.node.version;
  }
  get parameters() {
    return this.entry.node.parameters;
  }
  get outputPorts(): readonly string[] {
    this.portNames ??= this.entry.outputs.map((port) => port.name);
    return this.portNames;
  }
  get context() {
    return this.entry.spec.cycle === 'loop' ? loopContext(this.graph, this.state, this.entry) : {};
  }
}
