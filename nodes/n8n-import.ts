import { toTemplate } from '#engine/expression/n8n-syntax.ts';
import { type Workflow, type WorkflowEdge, type WorkflowNode, workflowSchema } from '#engine/workflow.ts';
import { counterpartOf, localId } from './credential-types/from-n8n.ts';
import { latestDefinition, nodeCatalog } from './definitions.ts';
import { importers } from './importers.ts';
import type { ImportedNode, ImportTools, N8nImporter, N8nNode } from './n8n.ts';
import { type N8nConnection, type N8nFile, readFile, unwrap } from './n8n-file.ts';
import { assignIds, baseNode, pinnedItems, workflowSettings } from './n8n-graph.ts';
import { adviceFor, toPlaceholder } from './n8n-placeholder.ts';
import { isPlain } from './paths.ts';

export interface ImportReport {
  nodes: { name: string; type: string; status: 'mapped' | 'approximated' | 'placeholder'; reason?: string }[];
  /**
   * Credentials that the file refers to; they hold no secrets and have to be chosen again. `slot` is the node's place for
   * it, `kind` our kind for theirs, where there are such.
   */
  credentials: { node: string; type: string; name?: string; slot?: string; kind?: string }[];
}

export interface ImportResult {
  workflow: Workflow;
  report: ImportReport;
  /** The nodes as they came, by our node id. */
  originals: Record<string, unknown>;
}

export interface ImportOptions {
  /** For files that do not state their order; default `sequential`, the order of n8n since version 1. */
  orderDefault?: Workflow['settings']['order'];
  /** n8n's types of credentials that the caller has by their `localId`; what they hold is not looked at. */
  credentials?: Readonly<Record<string, unknown>>;
}

interface Mapped extends ImportedNode {
  status: 'mapped' | 'approximated' | 'placeholder';
  reason?: string;
}

const importersByType = new Map<string, N8nImporter[]>();
for (const importer of Object.values(importers).flat()) {
  for (const type of importer.types)
    importersByType.set(type, [...(importersByType.get(type) ?? []), importer]);
}

/**
 * An n8n workflow (an object or its JSON text) as ours. Nodes that LinkFlow does not know become placeholders that keep
 * them whole; the report says what became of every node. Throws an Error only when the input is no workflow at all.
 */
export function importN8n(input: unknown, options: ImportOptions = {}): ImportResult {
  const file = unwrap(typeof input === 'string' ? parseJson(input) : input);
  if (!file) throw new Error('This is not an n8n workflow: it has no “nodes”.');
  const source = readFile(file);
  const ids = assignIds(source.nodes);
  const report: ImportReport = { nodes: [], credentials: [] };
  const mappedByName = new Map<string, { id: string; node: N8nNode; mapped: Mapped }>();
  const nodes: WorkflowNode[] = [];
  const originals: Record<string, unknown> = {};
  source.nodes.forEach((node, i) => {
    const id = ids[i]!;
    const mapped = mapNode(node, source, options);
    if (!mappedByName.has(node.name)) mappedByName.set(node.name, { id, node, mapped });
    nodes.push({
      ...baseNode(node, id),
      type: mapped.type,
      version: mapped.version ?? latestDefinition(mapped.type)?.version ?? 1,
      parameters: mapped.parameters,
      credentials: chosenFor(node, mapped, options),
    });
    originals[id] = node;
    const { status, reason } = mapped;
    report.nodes.push({ name: node.name, type: node.type, status, ...(reason ? { reason } : {}) });
    report.credentials.push(...credentialsOf(node, mapped));
  });
  const workflow = workflowSchema.safeParse({
    name: source.name.slice(0, 200),
    nodes,
    edges: edgesOf(source.connections, mappedByName, report),
    settings: workflowSettings(source.settings, options.orderDefault ?? 'sequential'),
    pinData: pinnedItems(source.pinData, new Map([...mappedByName].map(([name, { id }]) => [name, id]))),
  });
  if (workflow.success) return { workflow: workflow.data, report, originals };
  const issue = workflow.error.issues[0];
  throw new Error(`This n8n workflow cannot be taken over: ${issue?.path.join('.')}: ${issue?.message}`);
}

function mapNode(node: N8nNode, file: N8nFile, options: ImportOptions): Mapped {
  const version =
    typeof node.typeVersion === 'number' ? node.typeVersion : Number(node.typeVersion ?? 1) || 1;
  const tools: ImportTools = {
    original: node.parameters,
    importWorkflow: (value) => importN8n(value, options).workflow,
  };
  let reason = adviceFor(node.type);
  const parameters = toTemplate(node.parameters);
  for (const importer of importersByType.get(node.type) ?? []) {
    const result = importer.map(
      { ...node, parameters: isPlain(parameters) ? parameters : {} },
      version,
      tools,
    );
    if (typeof result === 'string') reason = result;
    else if (result) {
      const { approximated } = result;
      return approximated
        ? { ...result, status: 'approximated', reason: approximated }
        : { ...result, status: 'mapped' };
    } else reason = 'This version or operation of it has no counterpart yet.';
  }
  return { ...toPlaceholder(node, file.connections, reason), status: 'placeholder', reason };
}

function edgesOf(
  connections: N8nConnection[],
  nodes: ReadonlyMap<string, { id: string; node: N8nNode; mapped: Mapped }>,
  report: ImportReport,
): WorkflowEdge[] {
  const edges: WorkflowEdge[] = [];
  const seen = new Set<string>();
  for (const { from, kind, output, to, toKind, input } of connections) {
    const source = nodes.get(from);
    const target = nodes.get(to);
    if (kind !== 'main' || toKind !== 'main' || !source || !target) continue;
    const port = inputPorts(target.mapped)[input];
    const fromPort = outputPorts(source.node, source.mapped)[output];
    if (port === undefined || fromPort === undefined) {
      lose(
        report,
        port === undefined ? to : from,
        `A connection from “${from}” to “${to}” has no place here.`,
      );
      continue;
    }
    const key = JSON.stringify([source.id, fromPort, target.id, port]);
    if (!seen.has(key))
      edges.push({ from: { node: source.id, port: fromPort }, to: { node: target.id, port } });
    seen.add(key);
  }
  return edges;
}

function lose(report: ImportReport, name: string, reason: string): void {
  const entry = report.nodes.find((node) => node.name === name);
  if (!entry) return;
  if (entry.status === 'mapped') entry.status = 'approximated';
  entry.reason = entry.reason ? `${entry.reason} ${reason}` : reason;
}

const specFor = (mapped: Mapped) =>
  nodeCatalog.find(mapped.type, mapped.version ?? latestDefinition(mapped.type)?.version ?? 1);

const portsOf = (mapped: Mapped) => specFor(mapped)?.ports(mapped.parameters) ?? { inputs: [], outputs: [] };

const inputPorts = (mapped: Mapped): string[] =>
  mapped.inputs ?? portsOf(mapped).inputs.map((port) => port.name);

/** Their error output comes after the last one. */
function outputPorts(node: N8nNode, mapped: Mapped): string[] {
  const ports = mapped.outputs ?? portsOf(mapped).outputs.map((port) => port.name);
  return node.onError === 'continueErrorOutput' ? [...ports, 'error'] : ports;
}

function credentialsOf(node: N8nNode, mapped: Mapped): ImportReport['credentials'] {
  if (!isPlain(node.credentials)) return [];
  return Object.entries(node.credentials).map(([type, value]) => {
    const name =
      isPlain(value) && typeof value.name === 'string' ? value.name : typeof value === 'string' ? value : '';
    const place = placesOf(mapped).find((one) => one.n8nType === type);
    const kind = counterpartOf(type, place?.types)?.type;
    return {
      node: node.name,
      type,
      ...(name === '' ? {} : { name }),
      ...(place ? { slot: place.slot } : {}),
      ...(kind === undefined ? {} : { kind }),
    };
  });
}

/** Credentials that the caller has, in the places of the node that they belong to. */
function chosenFor({ credentials }: N8nNode, mapped: Mapped, known: ImportOptions): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const { slot, n8nType, types } of placesOf(mapped)) {
    const isNamed = isPlain(credentials) && Object.hasOwn(credentials, n8nType);
    const kind = counterpartOf(n8nType, types)?.type;
    if (isNamed && kind && Object.hasOwn(known.credentials ?? {}, n8nType))
      chosen[slot] = localId(n8nType, kind);
  }
  return chosen;
}

function placesOf(mapped: Mapped): { slot: string; n8nType: string; types: readonly string[] | undefined }[] {
  const places = specFor(mapped)?.credentials?.(mapped.parameters) ?? [];
  return Object.entries(mapped.credentials ?? {}).map(([slot, n8nType]) => ({
    slot,
    n8nType,
    types: places.find(({ name }) => name === slot)?.types,
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
