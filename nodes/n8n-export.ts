import type { Workflow, WorkflowNode } from '#engine/workflow.ts';
import { operationOf } from './define.ts';
import { findDefinition, nodeCatalog } from './definitions.ts';
import { exporters } from './exporters.ts';
import type { N8nNode } from './n8n.ts';
import { Connections, settingsLosses, theirPinData, theirSettings } from './n8n-export-graph.ts';
import { lossesOf, withDefaults } from './n8n-export-losses.ts';
import { keptNode, theirNode } from './n8n-export-node.ts';
import type { ExportedNode, ExportTools } from './n8n-exporter.ts';
import { importN8n } from './n8n-import.ts';
import { text } from './n8n-values.ts';
import { isPlain } from './paths.ts';
import { portCount } from './ports.ts';

export interface ExportReport {
  /** By our node types; `missing` became a node that does nothing. */
  nodes: { name: string; type: string; status: 'mapped' | 'approximated' | 'missing'; reason?: string }[];
  /** What is to know about the workflow as a whole. */
  workflow: string[];
}

export interface ExportResult {
  /** A workflow file as n8n imports it. */
  file: N8nWorkflow;
  report: ExportReport;
}

export interface N8nWorkflow {
  name: string;
  nodes: N8nNode[];
  connections: Record<string, unknown>;
  settings: Record<string, unknown>;
  pinData: Record<string, unknown>;
}

interface Made {
  node: N8nNode;
  /** Our port at each of their output indexes. */
  outputs: string[];
  status: ExportReport['nodes'][number]['status'];
  reasons: string[];
  /** Fields that mean the same; undefined: nothing is lost, or what it loses is known already. */
  same?: readonly string[];
  /** What it was called in the n8n workflow that it came from. */
  nameBefore?: unknown;
}

/**
 * A workflow of ours as n8n's. Nodes that n8n does not know become ones that do nothing and whose notes say what they
 * were; placeholders become again what they keep. The report is found out by importing the result again: what does not
 * come back is said to be lost.
 */
export function exportN8n(workflow: Workflow): ExportResult {
  const names = namesOf(workflow);
  const made = workflow.nodes.map((node) => makeNode({ ...node, name: names.get(node.id)! }, workflow));
  const notes = settingsLosses(workflow.settings);
  const { pinData, filesLeft } = theirPinData(workflow.pinData, names);
  if (filesLeft > 0) notes.push(`${filesLeft} files of pinned items are kept here and do not go along.`);
  const file: N8nWorkflow = {
    name: workflow.name,
    nodes: made.map(({ node }) => node),
    connections: connect(workflow, made).toJSON(),
    settings: theirSettings(workflow.settings),
    pinData,
  };
  const again = importN8n(file).workflow.nodes;
  const nodes = made.map(({ node, status, reasons, same }, i): ExportReport['nodes'][number] => {
    const ours = workflow.nodes[i]!;
    const lost = same ? lossesOf(ours, again[i]!, same) : [];
    if (lost.length > 0) reasons.push(`Different in n8n: ${[...new Set(lost)].join(', ')}.`);
    const reason = reasons.join(' ');
    const verdict = status === 'mapped' && reason !== '' ? 'approximated' : status;
    return { name: node.name, type: ours.type, status: verdict, ...(reason === '' ? {} : { reason }) };
  });
  return { file, report: { nodes, workflow: notes } };
}

function makeNode(node: WorkflowNode, workflow: Workflow): Made {
  const spec = nodeCatalog.find(node.type, node.version);
  const ports = spec?.ports(node.parameters).outputs.map((port) => port.name) ?? ['main'];
  const kept = keptNode(node);
  const nameBefore = isPlain(node.parameters.original) ? node.parameters.original.name : undefined;
  if (kept) return { node: kept, outputs: ports, status: 'mapped', reasons: [], nameBefore };
  const exported = exportNode(node, workflow);
  if (typeof exported === 'string') return missing(node, exported, ports);
  return {
    node: theirNode(node, exported),
    outputs: exported.outputs ?? ports,
    status: 'mapped',
    reasons: exported.approximated ? [exported.approximated] : [],
    ...(exported.same === 'all' ? {} : { same: exported.same ?? [] }),
  };
}

function exportNode(node: WorkflowNode, workflow: Workflow): ExportedNode | string {
  const exporter = Object.hasOwn(exporters, node.type) ? exporters[node.type] : undefined;
  const definition = findDefinition(node.type, node.version);
  const operation = definition && operationOf(definition, node.parameters);
  if (!exporter) return 'n8n has no such node.';
  if (!operation) return 'What it does is not known here.';
  const tools: ExportTools = {
    stated: node.parameters,
    isConnected: (port) => workflow.edges.some(({ from }) => from.node === node.id && from.port === port),
    exportWorkflow: (inner) => {
      const { file, report } = exportN8n(inner);
      const differing = report.nodes.filter(({ status }) => status !== 'mapped');
      return { file, losses: differing.map(({ name, reason }) => `${name}: ${reason}`) };
    },
  };
  return exporter({ ...node, parameters: withDefaults(operation.fields, node.parameters) }, tools);
}

/** A node that passes items on, with a note for whoever builds it anew; only what left by the first port goes on. */
function missing(node: WorkflowNode, reason: string, ports: string[]): Made {
  const name = findDefinition(node.type, node.version)?.name ?? node.type;
  const said = `This was the node “${name}” of LinkFlow. ${reason}`;
  const notes = node.notes === '' ? said : `${said}\n\n${node.notes}`;
  const noOp: ExportedNode = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
  return {
    node: { ...theirNode({ ...node, notes }, noOp), notesInFlow: true },
    outputs: ports.slice(0, 1),
    status: 'missing',
    reasons: [reason],
  };
}

/** Names are the keys of n8n's connections: a name that occurs again gets a number. */
function namesOf({ nodes }: Workflow): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    nodes.map(({ id, name }) => {
      let free = name;
      for (let n = 2; taken.has(free); n++) free = `${name} ${n}`;
      taken.add(free);
      return [id, free];
    }),
  );
}

function connect({ nodes, edges }: Workflow, made: Made[]): Connections {
  const connections = new Connections();
  const byId = new Map(nodes.map((node, i) => [node.id, { node, made: made[i]! }]));
  for (const { from, to } of edges) {
    const source = byId.get(from.node);
    const target = byId.get(to.node);
    if (!source || !target) continue;
    const input = target.made.status === 'missing' ? 0 : inputsOf(target.node).indexOf(to.port);
    // Their error output comes after the others, and one port of ours may stand for several of theirs.
    const outputs = [
      ...source.made.outputs,
      ...(source.node.settings.onError === 'error-port' ? ['error'] : []),
    ];
    const indexes = outputs.flatMap((port, index) => (port === from.port ? [index] : []));
    if (input < 0 || indexes.length === 0)
      lose(source.made, `Its connection to “${target.made.node.name}” has no place in n8n.`);
    else
      for (const index of indexes)
        connections.add(source.made.node.name, 'main', index, target.made.node.name, 'main', input);
  }
  for (const { node, made: own } of byId.values()) connectAside(node, own, made, connections);
  return connections;
}

/** Models, tools and memories hang on other nodes by connections of their own, which placeholders keep. */
function connectAside(node: WorkflowNode, own: Made, all: Made[], connections: Connections): void {
  const { original } = node.parameters;
  const aside = isPlain(original) && Array.isArray(original.connections) ? original.connections : [];
  for (const value of aside) {
    if (!isPlain(value) || typeof value.kind !== 'string') continue;
    const { kind, to, toKind, output, input } = value;
    const target =
      all.find((other) => other.nameBefore === to) ?? all.find((other) => other.node.name === to);
    const index = (given: unknown) => portCount(given, 0);
    if (target)
      connections.add(own.node.name, kind, index(output), target.node.name, text(toKind, kind), index(input));
    else lose(own, `What it hung on, “${text(to)}”, is no longer there.`);
  }
}

const inputsOf = (node: WorkflowNode): string[] =>
  nodeCatalog
    .find(node.type, node.version)
    ?.ports(node.parameters)
    .inputs.map((port) => port.name) ?? ['main'];

function lose(made: Made, reason: string): void {
  if (!made.reasons.includes(reason)) made.reasons.push(reason);
}
