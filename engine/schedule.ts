import { BreadthFirst } from './breadth-first.ts';
import type { Delivery, EngineEvent, InputSources } from './events.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Outputs } from './item.ts';

/** A run of a node that has its input and only waits for its turn. */
export interface PendingRun {
  node: string;
  sources: InputSources;
}

/**
 * Which node may run next. Folded from the same events as the state, so that a resumed execution continues with exactly
 * the runs that were pending. Semantics are n8n's item model: a node runs once per arriving delivery; a node with
 * several connected inputs waits for every input that can still come; branches without items are not taken.
 */
export interface Schedule {
  graph: Graph;
  /** Runs that may start, in order. */
  ready: PendingRun[];
  /** Joins with some inputs still missing, oldest first. */
  joining: PendingRun[];
  /** Items that reached a loop from outside while an earlier pass through it is under way. */
  held: PendingRun[];
  /** Runs started and not ended (running, waiting, retrying), by node. */
  active: Map<string, number>;
  /** First run of the current scope of every loop node. */
  loopStart: Map<string, number>;
  /** Present in that order only. */
  breadthFirst?: BreadthFirst;
}

export function createSchedule(graph: Graph, startNodeId: string): Schedule {
  return {
    graph,
    ready: [{ node: startNodeId, sources: {} }],
    joining: [],
    held: [],
    active: new Map(),
    loopStart: new Map(),
    ...(graph.workflow.settings.order === 'breadth-first' ? { breadthFirst: new BreadthFirst(graph) } : {}),
  };
}

/** Folds one event in place. */
export function observe(schedule: Schedule, event: EngineEvent): void {
  schedule.breadthFirst?.observe(event);
  switch (event.type) {
    case 'node.started':
      if (!(take(schedule.ready, event) || take(schedule.joining, event) || take(schedule.held, event)))
        return;
      addActive(schedule, event.node, 1);
      if (
        isLoop(schedule.graph.nodes.get(event.node)) &&
        !fromBody(schedule.graph, event.node, event.sources)
      ) {
        schedule.loopStart.set(event.node, event.run);
      }
      break;
    case 'node.completed':
      addActive(schedule, event.node, -1);
      deliver(schedule, event.node, event.run, event.outputs);
      break;
    case 'node.failed':
      addActive(schedule, event.node, -1);
      if (event.outputs) deliver(schedule, event.node, event.run, event.outputs);
      break;
  }
}

/** The runs to start now. Does not change the schedule: `observe(node.started)` takes them off. */
export function next(schedule: Schedule): PendingRun[] {
  const parallel = schedule.graph.workflow.settings.order === 'parallel';
  if (!parallel && schedule.active.size > 0) return [];
  const ready = parallel ? [...schedule.ready] : schedule.ready.slice(0, 1);
  if (ready.length > 0 && !parallel) return ready;
  const entering = schedule.held.filter((p) => !loopIsBusy(schedule, p.node, ready));
  if (entering.length > 0) return [...ready, entering[0]!];
  if (!parallel) return releaseOne(schedule);
  const joins = schedule.joining.filter((p) => !canStillCome(schedule, p) && mayRun(schedule.graph, p));
  const found = [...ready, ...joins];
  return found.length > 0 || schedule.active.size > 0 ? found : releaseOne(schedule);
}

/** Nodes that can get no items any more; the caller asks after a branch was not taken. */
export function unreachable(schedule: Schedule, candidates: Iterable<string>): string[] {
  const alive = new Set<string>();
  const tokens = [
    ...schedule.active.keys(),
    ...[...schedule.ready, ...schedule.joining, ...schedule.held].map((p) => p.node),
  ];
  for (const token of tokens) {
    alive.add(token);
    for (const id of schedule.graph.descendants(token)) alive.add(id);
  }
  return [...candidates].filter((id) => !alive.has(id));
}

const isLoop = (entry: GraphNode | undefined): boolean => entry?.spec.cycle === 'loop';

const fromBody = (graph: Graph, loop: string, sources: InputSources): boolean =>
  Object.values(sources).some((list) => list.some((d) => graph.loopBody(loop).has(d.node)));

function addActive(schedule: Schedule, node: string, by: 1 | -1): void {
  const count = (schedule.active.get(node) ?? 0) + by;
  if (count <= 0) schedule.active.delete(node);
  else schedule.active.set(node, count);
}

function deliver(schedule: Schedule, node: string, run: number, outputs: Outputs): void {
  const entry = schedule.graph.nodes.get(node);
  if (!entry) return;
  const { order } = schedule.graph.workflow.settings;
  const { breadthFirst } = schedule;
  const arrived: PendingRun[] = [];
  for (const port of entry.outputs) {
    const count = outputs[port.name]?.length ?? 0;
    for (const edge of entry.out.get(port.name) ?? []) {
      const target = schedule.graph.nodes.get(edge.to)!;
      // in the old breadth-first order, further inputs are told of an empty branch too
      const tellsEmpty = breadthFirst !== undefined && target.inputs[0]?.name !== edge.toPort;
      if (count === 0 && !tellsEmpty) continue;
      const from = { node, run, port: port.name };
      const waited = schedule.joining.some((p) => p.node === edge.to);
      const pending = arrive(schedule, target, edge.toPort, from, arrived);
      if (pending) arrived.push(pending);
      else if (breadthFirst && !waited)
        arrived.push(...breadthFirst.forced(target, from, [...schedule.ready, ...arrived]));
    }
  }
  if (order !== 'sequential') schedule.ready.push(...arrived);
  else schedule.ready.unshift(...arrived.sort((a, b) => topLeftFirst(schedule.graph, a, b)));
}

/** Puts a delivery where it belongs; returns a run if that made one ready. `arrived`: those that came with it before. */
function arrive(
  schedule: Schedule,
  target: GraphNode,
  port: string,
  from: Delivery,
  arrived: readonly PendingRun[],
): PendingRun | null {
  const node = target.node.id;
  if (joins(schedule, target)) {
    const waiting = schedule.joining.find((p) => p.node === node && !(port in p.sources));
    if (!waiting) {
      schedule.joining.push({ node, sources: { [port]: [from] } });
      return null;
    }
    waiting.sources[port] = [from];
    if (!isComplete(schedule.graph, waiting)) return null;
    schedule.joining.splice(schedule.joining.indexOf(waiting), 1);
    return waiting;
  }
  const pending = { node, sources: { [port]: [from] } };
  const enters = isLoop(target) && !fromBody(schedule.graph, node, pending.sources);
  if (!enters || !loopIsBusy(schedule, node, [...schedule.ready, ...arrived])) return pending;
  schedule.held.push(pending);
  return null;
}

/** In the old order a node waits for its first input even when nothing is connected to it. */
const joins = ({ breadthFirst }: Schedule, { connectedInputs, inputs }: GraphNode): boolean =>
  connectedInputs.length > 1 || (breadthFirst !== undefined && connectedInputs[0] !== inputs[0]?.name);

const isComplete = (graph: Graph, pending: PendingRun): boolean =>
  graph.nodes.get(pending.node)!.connectedInputs.every((port) => port in pending.sources);

const mayRun = (graph: Graph, pending: PendingRun): boolean =>
  graph.nodes.get(pending.node)!.required.every((port) => port in pending.sources);

function canStillCome(schedule: Schedule, pending: PendingRun): boolean {
  const { graph } = schedule;
  const missing = graph.nodes.get(pending.node)!.connectedInputs.filter((port) => !(port in pending.sources));
  const tokens = new Set([
    ...schedule.active.keys(),
    ...schedule.ready.map((p) => p.node),
    // what a loop holds back comes in only after the pass that this one is part of
    ...schedule.held.filter((p) => !graph.loopBody(p.node).has(pending.node)).map((p) => p.node),
    ...schedule.joining.filter((p) => p.node !== pending.node).map((p) => p.node),
  ]);
  return missing.some((port) => {
    for (const id of graph.ancestorsOfPort(pending.node, port)) if (tokens.has(id)) return true;
    return false;
  });
}

/** Nothing else can run: the first waiting join goes with what it has, unless a join before it waits too. */
function releaseOne(schedule: Schedule): PendingRun[] {
  const joining = schedule.joining.filter((p) => !schedule.breadthFirst?.isEmpty(p));
  const able = joining.filter((p) => mayRun(schedule.graph, p));
  const free = able.find(
    (p) => !joining.some((q) => q.node !== p.node && leadsTo(schedule.graph, q.node, p.node)),
  );
  const chosen = free ?? able[0];
  return chosen ? [chosen] : [];
}

const leadsTo = (graph: Graph, from: string, join: string): boolean =>
  graph.nodes.get(join)!.connectedInputs.some((port) => graph.ancestorsOfPort(join, port).has(from));

function loopIsBusy(schedule: Schedule, loop: string, ready: readonly PendingRun[]): boolean {
  const inside = (id: string) => id === loop || schedule.graph.loopBody(loop).has(id);
  return (
    [...schedule.active.keys()].some(inside) ||
    ready.some((p) => inside(p.node)) ||
    schedule.joining.some((p) => inside(p.node))
  );
}

function topLeftFirst(graph: Graph, a: PendingRun, b: PendingRun): number {
  const p = graph.nodes.get(a.node)!.node.position;
  const q = graph.nodes.get(b.node)!.node.position;
  return p.y - q.y || p.x - q.x;
}

/** Removes the pending run that this start belongs to: by identity while running, by value when replaying. */
function take(list: PendingRun[], started: { node: string; sources: InputSources }): boolean {
  let at = list.findIndex((p) => p.sources === started.sources);
  if (at < 0) {
    const key = keyOf(started.sources);
    at = list.findIndex((p) => p.node === started.node && keyOf(p.sources) === key);
  }
  if (at < 0) return false;
  list.splice(at, 1);
  return true;
}

const keyOf = (sources: InputSources): string =>
  Object.keys(sources)
    .sort()
    .map((port) => `${port}:${sources[port]!.map((d) => `${d.node}#${d.run}.${d.port}`).join(',')}`)
    .join(';');
