import type { Workflow, WorkflowNode } from '#engine/workflow.ts';

export const newNodeId = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12);

/** `Set`, `Set 2`, `Set 3` …: names are how expressions address nodes, so no two may be equal. */
export function uniqueName(taken: ReadonlySet<string>, wanted: string): string {
  const name = wanted.trim() || 'Node';
  if (!taken.has(name)) return name;
  const base = name.replace(/ \d+$/, '');
  for (let n = 2; ; n++) if (!taken.has(`${base} ${n}`)) return `${base} ${n}`;
}

export const namesOf = (nodes: readonly WorkflowNode[]): Set<string> => new Set(nodes.map((n) => n.name));

/** Renames one node; every `$('Old')` and `$node["Old"]` of the workflow follows, and Python’s `_('Old')`. */
export function rename(workflow: Workflow, id: string, wanted: string): Workflow {
  const node = workflow.nodes.find((n) => n.id === id);
  if (!node || !wanted.trim() || wanted.trim() === node.name) return workflow;
  const name = uniqueName(namesOf(workflow.nodes.filter((n) => n.id !== id)), wanted);
  const renames = new Map([[node.name, name]]);
  return {
    ...workflow,
    nodes: workflow.nodes.map((n) => {
      const parameters = rewriteReferences(n.parameters, renames) as WorkflowNode['parameters'];
      if (n.id === id) return { ...n, name, parameters };
      return parameters === n.parameters ? n : { ...n, parameters };
    }),
  };
}

/** Python has `_` where JavaScript has `$`. */
const REFERENCE = /((?:\$|(?<![\w$])_)(?:\(|node\[)|\$items\()\s*(["'`])((?:\\.|(?!\2).)*)\2/g;
const DOTTED = /(\$|(?<![\w$])_)node\.([A-Za-z_$][\w$]*)/g;

/** The same value with node names replaced in references; untouched parts keep their identity. */
export function rewriteReferences(value: unknown, renames: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return rewriteText(value, renames);
  if (Array.isArray(value)) {
    const next = value.map((v) => rewriteReferences(v, renames));
    return next.some((v, i) => v !== value[i]) ? next : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const next = entries.map(([k, v]) => [k, rewriteReferences(v, renames)] as const);
  return next.some(([, v], i) => v !== entries[i]?.[1]) ? Object.fromEntries(next) : value;
}

function rewriteText(text: string, renames: ReadonlyMap<string, string>): string {
  if (!/[$_]/.test(text)) return text;
  return text
    .replace(REFERENCE, (whole, open: string, quote: string, inner: string) => {
      const name = renames.get(inner.replace(/\\(.)/g, '$1'));
      return name === undefined ? whole : `${open}${quote}${escapeFor(name, quote)}${quote}`;
    })
    .replace(DOTTED, (whole, sign: string, inner: string) => {
      const name = renames.get(inner);
      return name === undefined ? whole : `${sign}node["${escapeFor(name, '"')}"]`;
    });
}

const escapeFor = (name: string, quote: string): string =>
  name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
