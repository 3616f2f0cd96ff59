import type { Delivery, EngineEvent } from './events.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import type { PendingRun } from './schedule.ts';

/**
 * What only the old order `breadth-first` knows: a join that begins to wait has the nodes run that it still needs, even
 * if no branch led to them, and an output without items counts as an answer on every input but the first.
 */
export class BreadthFirst {
  private readonly graph: Graph;
  private readonly ran = new Set<string>();
  /** `node#run.port` of every output with items. */
  private readonly gave = new Set<string>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  observe(event: EngineEvent): void {
    if (event.type !== 'node.completed' && event.type !== 'node.failed') return;
    this.ran.add(event.node);
    for (const [port, items] of Object.entries(event.outputs ?? {}))
      if (items.length > 0) this.gave.add(keyOf({ node: event.node, run: event.run, port }));
  }

  /** No input of this run has items: it is never taken for want of others. */
  readonly isEmpty = (pending: PendingRun): boolean =>
    Object.values(pending.sources).every((list) => list.every((from) => !this.gave.has(keyOf(from))));

  /**
   * Runs that a join needs which has just begun to wait for more than what `from` gave it. They begin with one empty item,
   * at the node furthest back that has not run yet.
   */
  forced(join: GraphNode, from: Delivery, waiting: readonly PendingRun[]): PendingRun[] {
    const queued = new Set(waiting.map(({ node }) => node));
    const siblings = new Set(this.edgesOut(from.node).map(({ to }) => to));
    const forced: PendingRun[] = [];
    for (const port of join.connectedInputs) {
      for (const { from: source } of join.incoming.filter(({ toPort }) => toPort === port)) {
        if (source === from.node || queued.has(source) || this.ran.has(source)) continue;
        // It comes by itself, unless what should lead to it gave nothing.
        if (siblings.has(source) && !this.comesEmpty(source, from.run)) continue;
        const start = this.startOf(source, siblings, queued);
        if (start === undefined || (this.isBehind(start, from.node) && !this.gave.has(keyOf(from)))) continue;
        if (!this.comesEmpty(start, from.run)) continue;
        forced.push({ node: start, sources: { [this.firstInput(start)]: [] } });
        queued.add(start);
      }
    }
    return forced;
  }

  /** The last node on the way back from `id` that has not run; undefined when something on it is about to run anyway. */
  private startOf(
    id: string,
    siblings: ReadonlySet<string>,
    queued: ReadonlySet<string>,
  ): string | undefined {
    let start = id;
    for (const node of this.wayBack(id)) {
      if (queued.has(node) || (node !== id && siblings.has(node))) return undefined;
      if (this.ran.has(node)) break;
      start = node;
    }
    return start;
  }

  /** The node and all before it, each after every node that it leads to; what leads to the first input comes first. */
  private wayBack(id: string): string[] {
    const seen = new Set<string>();
    const found: string[] = [];
    const visit = (node: string): void => {
      if (seen.has(node)) return;
      seen.add(node);
      const { inputs = [], incoming = [] } = this.graph.nodes.get(node) ?? {};
      const edges = inputs.flatMap(({ name }) => incoming.filter(({ toPort }) => toPort === name));
      for (const { from } of edges.reverse()) visit(from);
      found.push(node);
    };
    visit(id);
    return found.reverse();
  }

  private readonly isBehind = (id: string, node: string): boolean => this.graph.descendants(node).has(id);

  /** Nothing arrives at the node's first input from runs with this number. */
  private comesEmpty(id: string, run: number): boolean {
    const entry = this.graph.nodes.get(id);
    const first = entry?.inputs[0]?.name;
    return (entry?.incoming ?? [])
      .filter(({ toPort }) => toPort === first)
      .every(({ from, fromPort }) => !this.gave.has(keyOf({ node: from, run, port: fromPort })));
  }

  private readonly firstInput = (id: string): string => this.graph.nodes.get(id)?.inputs[0]?.name ?? 'main';
  private edgesOut = (id: string): GraphEdge[] => [...(this.graph.nodes.get(id)?.out.values() ?? [])].flat();
}

const keyOf = ({ node, run, port }: Delivery): string => `${node}#${run}.${port}`;
