import type { Delivery, InputSources } from '#engine/events.ts';
import { toTemplate } from '#engine/expression/n8n-syntax.ts';
import type { ExpressionScope, NodeView, RunView } from '#engine/expression/scope.ts';
import type { FileRef, Item, ItemSource, JsonObject, PortItems } from '#engine/item.ts';
import { agentInfo } from './eval-agent.ts';

/** One line of `eval --jsonl`; with `workflow` and `runData` (n8n's shapes) expressions can reach other nodes. */
export interface EvalLine {
  id?: unknown;
  expr: unknown;
  items?: JsonObject[];
  /** Only parses; the value is the template in our own spelling. */
  parse?: boolean;
  itemIndex?: number;
  runIndex?: number;
  /** ISO text or ms. */
  now?: string | number;
  timezone?: string;
  tz?: string;
  /** Further names. */
  data?: JsonObject;
  env?: Record<string, string>;
  workflow?: WireWorkflow;
  runData?: Record<string, WireRun[]>;
  activeNode?: string;
}
export interface WireWorkflow {
  id?: string;
  name?: string;
  active?: boolean;
  nodes?: WireNode[];
  connections?: Record<string, Record<string, ({ node: string; type: string; index: number }[] | null)[]>>;
  settings?: { timezone?: string; binaryMode?: string };
}
export interface WireNode {
  id?: string;
  name: string;
  type?: string;
  typeVersion?: number;
  parameters?: JsonObject;
  credentials?: JsonObject;
}
interface WireRun {
  data?: Record<string, (WireItem[] | null)[] | undefined>;
  /** What a model gave to a node that it called as a tool. */
  inputOverride?: Record<string, (WireItem[] | null)[] | undefined>;
  source?: ({ previousNode: string; previousNodeOutput?: number; previousNodeRun?: number } | null)[];
}
interface WireItem {
  json: JsonObject;
  binary?: Record<string, JsonObject>;
  pairedItem?: unknown;
}

const port = (index: number): string => `out${index}`;
const inputPort = (index: number): string => `in${index}`;

export function scopeOf(line: EvalLine): ExpressionScope {
  const views = nodeViews(line);
  const byName = new Map(views.map((view) => [view.name, view]));
  const byId = new Map(views.map((view) => [view.id, view]));
  const node = byName.get(line.activeNode ?? 'node') ?? emptyView(line.activeNode ?? 'node');
  const runIndex = line.runIndex ?? 0;
  const now =
    line.now === undefined ? Date.now() : typeof line.now === 'number' ? line.now : Date.parse(line.now);
  const { inputs, sources } = inputsOf(line, node, byId);
  const $agentInfo = agentInfo(line.workflow, node.name);
  return {
    node,
    runIndex,
    inputs,
    sources,
    nodeByName: (name) => byName.get(name),
    nodeById: (id) => byId.get(id),
    connectedPort: (from) => connectedPort(line, from, node),
    workflow: {
      id: line.workflow?.id ?? '',
      name: line.workflow?.name ?? '',
      active: line.workflow?.active ?? false,
    },
    execution: { id: '1', mode: 'manual' },
    bareItems: line.workflow?.settings?.binaryMode === 'combined',
    now,
    timezone: line.timezone ?? line.tz ?? line.workflow?.settings?.timezone ?? 'UTC',
    vars: {},
    env: line.env ?? {},
    extra: { ...rawParameters(line, node.name), ...($agentInfo ? { $agentInfo } : {}), ...line.data },
    random: Math.random,
  };
}

/** `$rawParameter` shows the line's own spelling, not the template it was turned into. */
function rawParameters(line: EvalLine, name: string): JsonObject {
  const parameters = line.workflow?.nodes?.find((node) => node.name === name)?.parameters;
  if (parameters === undefined) return {};
  const plain = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && '__rl' in value && 'value' in value ? value.value : value;
  return {
    $rawParameter: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, plain(value)])),
  };
}

const emptyView = (name: string): NodeView => ({
  id: name,
  name,
  type: '',
  version: 1,
  parameters: {},
  outputPorts: [port(0)],
  runs: [],
  context: {},
});

function nodeViews(line: EvalLine): NodeView[] {
  const ids = new Map((line.workflow?.nodes ?? []).map((node) => [node.name, node.id ?? node.name]));
  return (line.workflow?.nodes ?? []).map((node) => {
    const runs = (line.runData?.[node.name] ?? []).map((run) => runView(run, ids));
    const outputs = Math.max(
      1,
      line.workflow?.connections?.[node.name]?.main?.length ?? 0,
      ...runs.map((run) => Object.keys(run.outputs).length),
    );
    return {
      ...emptyView(node.name),
      id: node.id ?? node.name,
      type: node.type ?? '',
      version: node.typeVersion ?? 1,
      parameters: (toTemplate(node.parameters ?? {}) ?? {}) as JsonObject,
      outputPorts: Array.from({ length: outputs }, (_value, index) => port(index)),
      runs,
    };
  });
}

function runView(run: WireRun, ids: ReadonlyMap<string, string>): RunView {
  const outputs: PortItems = {};
  (run.data?.main ?? []).forEach((items, index) => {
    outputs[port(index)] = (items ?? []).map(itemOf);
  });
  const sources: InputSources = {};
  (run.source ?? []).forEach((source, index) => {
    if (source) sources[inputPort(index)] = [deliveryOf(source, ids)];
  });
  return { outputs, sources };
}

const deliveryOf = (
  source: { previousNode: string; previousNodeOutput?: number; previousNodeRun?: number },
  ids: ReadonlyMap<string, string>,
): Delivery => ({
  node: ids.get(source.previousNode) ?? source.previousNode,
  run: source.previousNodeRun ?? 0,
  port: port(source.previousNodeOutput ?? 0),
});

function itemOf(item: WireItem): Item {
  const source = sourceOf(item.pairedItem);
  return {
    json: item.json ?? {},
    ...(item.binary
      ? { files: Object.fromEntries(Object.entries(item.binary).map(([k, file]) => [k, fileOf(file)])) }
      : {}),
    ...(source === undefined ? {} : { source }),
  };
}

const fileOf = (file: JsonObject): FileRef => ({
  mimeType: String(file.mimeType ?? 'application/octet-stream'),
  sizeBytes: Number.parseInt(String(file.bytes ?? file.fileSize ?? 0), 10) || 0,
  ...(file.fileName === undefined ? {} : { name: String(file.fileName) }),
  ...(file.id === undefined ? {} : { id: String(file.id) }),
  ...(file.data === undefined ? {} : { data: String(file.data) }),
});

function sourceOf(paired: unknown): ItemSource | ItemSource[] | undefined {
  if (typeof paired === 'number') return { item: paired };
  if (Array.isArray(paired)) return paired.flatMap(sourceOf).filter((source) => source !== undefined);
  if (typeof paired !== 'object' || paired === null) return undefined;
  const { item, input } = paired as { item?: number; input?: number };
  return item === undefined
    ? undefined
    : { item, ...(input === undefined ? {} : { port: inputPort(input) }) };
}

/** Items of the active node: given as such, or found where its run (or its connection) says they came from. */
function inputsOf(
  line: EvalLine,
  node: NodeView,
  byId: ReadonlyMap<string, NodeView>,
): { inputs: PortItems; sources: InputSources } {
  const sources = activeSources(line, node, byId);
  const inputs: PortItems = {};
  for (const [name, deliveries] of Object.entries(sources)) {
    inputs[name] = deliveries.flatMap(
      ({ node: id, run, port: from }) => byId.get(id)?.runs[run]?.outputs[from] ?? [],
    );
  }
  const given = line.runData?.[node.name]?.[line.runIndex ?? 0]?.inputOverride?.ai_tool?.[0];
  if (given) inputs[inputPort(0)] = given.map(itemOf);
  if (line.items !== undefined) {
    const first = Object.keys(sources)[0] ?? inputPort(0);
    inputs[first] = line.items.map((json) => ({ json }));
  }
  return { inputs, sources };
}

function activeSources(line: EvalLine, node: NodeView, byId: ReadonlyMap<string, NodeView>): InputSources {
  const own = node.runs[line.runIndex ?? 0]?.sources;
  if (own !== undefined && Object.keys(own).length > 0) return own;
  const found: InputSources = {};
  for (const from of byId.values()) {
    if (from.runs.length === 0) continue;
    (line.workflow?.connections?.[from.name]?.main ?? []).forEach((targets, output) => {
      for (const target of targets ?? []) {
        if (target.node !== node.name) continue;
        const name = inputPort(target.index);
        found[name] = [
          ...(found[name] ?? []),
          { node: from.id, run: from.runs.length - 1, port: port(output) },
        ];
      }
    });
  }
  return found;
}

/** The output of `from` that leads to the active node, directly or through others. */
function connectedPort(line: EvalLine, from: NodeView, active: NodeView): string | undefined {
  const outputs = (name: string) => line.workflow?.connections?.[name]?.main ?? [];
  const reaches = (name: string, seen: Set<string>): boolean => {
    if (name === active.name) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return outputs(name).some((targets) => (targets ?? []).some((target) => reaches(target.node, seen)));
  };
  const index = outputs(from.name).findIndex((targets) =>
    (targets ?? []).some((target) => reaches(target.node, new Set())),
  );
  return index < 0 ? undefined : port(index);
}
