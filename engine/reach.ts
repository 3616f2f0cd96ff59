import type { Graph, GraphNode } from './graph.ts';
import type { StoredItems } from './item.ts';
import type { ExecutionState } from './state.ts';

/** Which outputs of other nodes the templates of one node may read. */
type Reach =
  /** None: what comes in is all they see. */
  | { kind: 'inputs' }
  /** Those of these nodes, and the trail that leads from the node's items to them. */
  | { kind: 'named'; names: readonly GraphNode[]; way: ReadonlySet<string>; everyRun: boolean }
  /** Cannot be told from the text. */
  | { kind: 'all' };

/** Every stored output of an execution, by node, in the order in which they came. */
export type StoredByNode = Map<string, { run: number; port: string; output: StoredItems }[]>;

/** Up to so many large outputs may be loaded although only some of them are needed. */
const FEW = 32;

/**
 * Stored outputs that must be at hand before a run starts, besides its inputs, since rendering cannot wait for them.
 * Rather too many than one too few.
 */
export function outputsInReach(
  graph: Graph,
  state: ExecutionState,
  entry: GraphNode,
  run: number,
  stored: StoredByNode,
): StoredItems[] {
  const reach = reachOf(graph, entry);
  if (reach.kind === 'inputs') return [];
  if (reach.kind === 'all') return [...stored.values()].flat().map(({ output }) => output);
  const found = new Set<StoredItems>();
  for (const { node } of reach.names) {
    const last = (state.nodes[node.id]?.length ?? 0) - 1;
    for (const one of stored.get(node.id) ?? [])
      if (reach.everyRun || one.run === last) found.add(one.output);
  }
  const all = [...stored].flatMap(([id, list]) =>
    reach.way.has(id) ? list.map((one) => ({ ...one, key: `${id}#${one.run}.${one.port}` })) : [],
  );
  const passed = all.length > FEW ? passedBy(graph, state, entry.node.id, run, reach.way) : null;
  for (const { key, output } of all) if (!passed || passed.has(key)) found.add(output);
  return [...found];
}

/** The outputs that pairing passes on its way back from the run, as `node#run.port`. */
function passedBy(
  graph: Graph,
  state: ExecutionState,
  node: string,
  run: number,
  way: ReadonlySet<string>,
): Set<string> {
  const passed = new Set<string>();
  const seen = new Set<string>();
  const expanded = new Map<string, number>();
  const stack = [{ node, run }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const position = `${at.node}#${at.run}`;
    if (seen.has(position)) continue;
    seen.add(position);
    for (const from of Object.values(state.nodes[at.node]?.[at.run]?.sources ?? {}).flat()) {
      if (!way.has(from.node)) continue;
      passed.add(`${from.node}#${from.run}.${from.port}`);
      stack.push(from);
      if (graph.nodes.get(from.node)?.spec.cycle !== 'loop') continue;
      // a loop hands out items that came in by its earlier runs
      for (let earlier = expanded.get(from.node) ?? 0; earlier < from.run; earlier++)
        stack.push({ node: from.node, run: earlier });
      expanded.set(from.node, Math.max(expanded.get(from.node) ?? 0, from.run));
    }
  }
  return passed;
}

/**
 * Names of the other nodes that code of this node can name: it gets their outputs by value, so only those; all of them
 * where it puts a name together.
 */
export function nodesMentioned(graph: Graph, entry: GraphNode): readonly string[] {
  let names = mentions.get(entry);
  if (!names) {
    const text = JSON.stringify(entry.node.parameters);
    const others = [...graph.byName.keys()].filter((name) => name !== entry.node.name);
    names = !mayName(text)
      ? []
      : MADE_UP.test(text)
        ? others
        : others.filter((name) => text.includes(JSON.stringify(name).slice(1, -1)));
    mentions.set(entry, names);
  }
  return names;
}

/** Python has `_` where JavaScript has `$`: `_('Name')`, `_node["Name"]`. In JSON a line break before it is `\n`. */
const PYTHON = /(?:(?<![\w$])|(?<=\\[nrt]))_(?:\s*\(|node\b)/;
const mayName = (text: string): boolean => text.includes('$') || PYTHON.test(text);

/** A reference whose name is not written out: `$(name)`, `$node[\`Call ${n}\`]`. The text is JSON, so quotes are escaped. */
const MADE_UP =
  /(?:\$\s*\(|\$items\s*\(|\$node\s*\[|(?:(?<![\w$])|(?<=\\[nrt]))_(?:\s*\(|node\s*\[))(?!\s*(?:\\"(?:[^"\\]|\\\\.)*\\"\s*[\]),]|'[^']*'\s*[\]),]|`[^`$]*`\s*[\]),]|\)))/;

const mentions = new WeakMap<GraphNode, readonly string[]>();
const known = new WeakMap<GraphNode, Reach>();

function reachOf(graph: Graph, entry: GraphNode): Reach {
  let reach = known.get(entry);
  if (!reach) {
    reach = analyse(graph, entry);
    known.set(entry, reach);
  }
  return reach;
}

/** `$('Name'`, `$items("Name"`, `$node["Name"`, `$node.Name`: group 2 or 3 is the name, if it is written out. */
const REFERENCE =
  /(?:\$\s*\(|\$items\s*\(|\$node\s*\[)\s*(?:(["'`])((?:(?!\1)[^\\])*)\1)?|\$node\s*\.\s*([\p{L}_$][\p{L}\p{N}_$]*)|\$(?:node|items)\b/gu;
const OWN_ITEMS = /\$items\(\s*\)/g;
/** Parameters of nodes are templates themselves; escapes and comments could hide a reference. */
const UNCLEAR = /\bparam|\$evaluate|\\u|\$\s*\/|\bthis\s*(?:\?\.\s*)?\[/i;
const RUN_ARGUMENT = /\.(?:first|last|all)\([^)]*,|\$items\([^)]*,/;

function analyse(graph: Graph, entry: GraphNode): Reach {
  const { literalFields } = entry.spec;
  const fields = Object.entries(entry.node.parameters);
  const isCode = fields.some(([key, value]) => literalFields.has(key) && mayName(String(value)));
  const text = fields
    .filter(([key]) => !literalFields.has(key))
    .flatMap(([, value]) => textsOf(value))
    .join('\n')
    .replace(OWN_ITEMS, '');
  if (UNCLEAR.test(text)) return { kind: 'all' };
  const names = new Set<GraphNode>();
  for (const match of text.matchAll(REFERENCE)) {
    const name = match[2] ?? match[3];
    const named = name === undefined ? undefined : graph.byName.get(name);
    if (!named) return { kind: 'all' };
    names.add(named);
  }
  if (isCode) for (const name of nodesMentioned(graph, entry)) names.add(graph.byName.get(name)!);
  if (names.size === 0) return { kind: 'inputs' };
  const way = new Set([...names].flatMap((named) => wayBack(graph, entry, named)));
  return { kind: 'named', names: [...names], way, everyRun: isCode || RUN_ARGUMENT.test(text) };
}

/** Nodes that pairing may pass when it looks for `target`: it follows every way back until it meets it. */
function wayBack(graph: Graph, entry: GraphNode, target: GraphNode): string[] {
  const seen = new Set<string>();
  const stack = [entry];
  for (let at = stack.pop(); at; at = stack.pop()) {
    for (const { from } of at.incoming) {
      if (seen.has(from)) continue;
      seen.add(from);
      if (from !== target.node.id) stack.push(graph.nodes.get(from)!);
    }
  }
  return [...seen];
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
