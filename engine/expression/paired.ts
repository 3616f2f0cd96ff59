import type { Delivery, InputSources } from '../events.ts';
import type { Item, ItemSource } from '../item.ts';
import { ExpressionError } from './failures.ts';
import type { ExpressionScope, NodeView, RunView } from './scope.ts';

/** One item of one run of a node. */
interface Position {
  node: NodeView;
  run: RunView;
  runIndex: number;
  item: Item;
  key: string;
}

/** More candidates than this and the answer would be "several" anyway. */
const MAX_POSITIONS = 10_000;

/**
 * The item of `target` from which the active node's item descends: walks back source by source, through every run in
 * between. Throws ExpressionError when there is no way back, the way has a gap, or it ends at several items.
 */
export function pairedItem(scope: ExpressionScope, target: NodeView, itemIndex: number): Item {
  const found = new Map<string, Item>();
  let frontier = origins(scope, itemIndex, target);
  const seen = new Set<string>();
  while (frontier.length > 0) {
    const next: Position[] = [];
    for (const position of frontier) {
      if (seen.has(position.key)) continue;
      seen.add(position.key);
      if (seen.size > MAX_POSITIONS)
        throw new ExpressionError(`Multiple matches for item of node '${target.name}'`);
      if (position.node.id === target.id) found.set(position.key, position.item);
      else next.push(...sourcesOf(scope, position, target));
    }
    frontier = next;
  }
  if (found.size === 1) return found.values().next().value!;
  if (found.size > 1) {
    throw new ExpressionError(
      `Multiple matches: the item descends from ${found.size} items of node '${target.name}'. Use first(), last() or all()`,
    );
  }
  throw new ExpressionError(`No path back to referenced node '${target.name}'`);
}

/** Positions of the active node's item in the outputs it came from. */
function origins(scope: ExpressionScope, itemIndex: number, target: NodeView): Position[] {
  const port = activePort(scope);
  const item = port === undefined ? undefined : scope.inputs[port]?.[itemIndex];
  if (port === undefined || item === undefined) throw unavailable(target.name);
  if (Object.values(scope.sources).every((deliveries) => deliveries.length === 0)) {
    throw new ExpressionError(`No path back to referenced node '${target.name}'`);
  }
  const origin = locate(scope, scope.sources, port, itemIndex);
  if (origin === undefined) throw unavailable(target.name);
  return [origin];
}

/** The first input port that has items: the one `$json` reads. */
export function activePort(scope: ExpressionScope): string | undefined {
  for (const port in scope.inputs) if (scope.inputs[port]!.length > 0) return port;
  return undefined;
}

function sourcesOf(scope: ExpressionScope, position: Position, target: NodeView): Position[] {
  const { run, item, node } = position;
  if (Object.values(run.sources).every((deliveries) => deliveries.length === 0)) {
    if (isAncestor(scope, node, target)) throw unavailable(node.name);
    return [];
  }
  const sources: ItemSource[] =
    item.source === undefined ? [] : Array.isArray(item.source) ? item.source : [item.source];
  if (sources.length === 0) throw unavailable(node.name);
  return sources.map((source) => {
    const inputs = source.run === undefined ? run.sources : (node.runs[source.run]?.sources ?? {});
    const found = locate(scope, inputs, source.port ?? Object.keys(inputs)[0] ?? '', source.item);
    if (found === undefined) throw unavailable(node.name);
    return found;
  });
}

/** An input's items are those of its deliveries, one after the other. */
function locate(
  scope: ExpressionScope,
  inputs: InputSources,
  port: string,
  index: number,
): Position | undefined {
  let rest = index;
  for (const delivery of inputs[port] ?? []) {
    const position = at(scope, delivery, rest);
    if (typeof position === 'object') return position;
    rest -= position;
  }
  return undefined;
}

function at(scope: ExpressionScope, delivery: Delivery, index: number): Position | number {
  const node = scope.nodeById(delivery.node);
  const run = node?.runs[delivery.run];
  const items = run?.outputs[delivery.port] ?? [];
  const item = items[index];
  if (node === undefined || run === undefined || item === undefined) return items.length;
  return {
    node,
    run,
    runIndex: delivery.run,
    item,
    key: `${node.id}\n${delivery.run}\n${delivery.port}\n${index}`,
  };
}

/** Did `node`, in any of its runs, receive data that passed through `target`? */
function isAncestor(scope: ExpressionScope, node: NodeView, target: NodeView): boolean {
  const seen = new Set<string>([node.id]);
  const stack = [node];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    for (const { sources } of current.runs) {
      for (const { node: id } of Object.values(sources).flat()) {
        if (id === target.id) return true;
        const from = seen.has(id) ? undefined : scope.nodeById(id);
        seen.add(id);
        if (from) stack.push(from);
      }
    }
  }
  return false;
}

const unavailable = (name: string): ExpressionError =>
  new ExpressionError(
    `Paired item data for item from node '${name}' is unavailable. Use first(), last() or all() instead of item`,
  );
