import type { N8nNode } from './n8n.ts';
import { isPlain } from './paths.ts';

type Values = Record<string, unknown>;

/** The parts of an n8n workflow file, whatever it was wrapped in. */
export interface N8nFile {
  name: string;
  nodes: N8nNode[];
  connections: N8nConnection[];
  settings: Values;
  pinData: Values;
}

export interface N8nConnection {
  from: string;
  /** `main`, or `ai_tool` and its like. */
  kind: string;
  output: number;
  to: string;
  toKind: string;
  input: number;
}

/** Wrappings met in the wild: `{workflow: …}` (twice), `{data: …}`, `[…]`. */
const WRAPPERS = ['workflow', 'data'];

/** The object that holds `nodes`, or undefined when there is none. */
export function unwrap(value: unknown, depth = 0): Values | undefined {
  if (Array.isArray(value)) return value.length > 0 && depth < 5 ? unwrap(value[0], depth + 1) : undefined;
  if (!isPlain(value)) return undefined;
  if (Array.isArray(value.nodes)) return value;
  for (const key of WRAPPERS) {
    const inner = depth < 5 ? unwrap(value[key], depth + 1) : undefined;
    if (inner) return typeof inner.name === 'string' ? inner : { ...inner, name: value.name };
  }
  return undefined;
}

/** Reads what can be read; odd parts are left out. */
export function readFile(file: Values): N8nFile {
  const nodes = (Array.isArray(file.nodes) ? file.nodes : []).flatMap(
    (node: unknown) => readNode(node) ?? [],
  );
  return {
    name: typeof file.name === 'string' && file.name.trim() !== '' ? file.name.trim() : 'Imported workflow',
    nodes,
    connections: isPlain(file.connections) ? readConnections(file.connections) : [],
    settings: isPlain(file.settings) ? file.settings : {},
    pinData: isPlain(file.pinData) ? file.pinData : {},
  };
}

function readNode(value: unknown): N8nNode | undefined {
  if (!isPlain(value) || typeof value.type !== 'string' || value.type === '') return undefined;
  const name =
    typeof value.name === 'string' && value.name.trim() !== '' ? value.name : value.type.split('.').at(-1)!;
  return {
    ...value,
    name,
    type: value.type,
    parameters: isPlain(value.parameters) ? value.parameters : {},
  } as N8nNode;
}

function readConnections(connections: Values): N8nConnection[] {
  const result: N8nConnection[] = [];
  for (const [from, kinds] of Object.entries(connections)) {
    if (!isPlain(kinds)) continue;
    for (const [kind, outputs] of Object.entries(kinds)) {
      if (!Array.isArray(outputs)) continue;
      outputs.forEach((targets: unknown, output) => {
        for (const target of Array.isArray(targets) ? targets : [targets]) {
          if (!isPlain(target) || typeof target.node !== 'string') continue;
          const toKind = typeof target.type === 'string' ? target.type : kind;
          const input = Number.isInteger(target.index) ? Number(target.index) : 0;
          result.push({ from, kind, output, to: target.node, toKind, input });
        }
      });
    }
  }
  return result;
}
